#!/bin/sh
# Writes the counts of executions that the tests expect. Read the diff before it goes in.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh
harness/tools/build.sh release pin_executions
build/release/bin/pin_executions scenarios/pinned_executions.txt
git --no-pager diff --stat -- scenarios/pinned_executions.txt
