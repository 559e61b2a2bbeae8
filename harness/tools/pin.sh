#!/bin/sh
# Writes the counts of executions that the tests expect. Read the diff before it goes in.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh
cmake --preset release >build/configure-release.log 2>&1 || {
    cat build/configure-release.log >&2
    exit 1
}
cmake --build --preset release --target pin_executions
build/release/bin/pin_executions scenarios/pinned_executions.txt
git --no-pager diff --stat -- scenarios/pinned_executions.txt
