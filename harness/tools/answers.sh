#!/bin/sh
# Writes the answers to the sample bug reports that the tests expect. Read the diff before it goes in.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh
harness/tools/build.sh release write_answers
build/release/bin/write_answers reports/import/samples reports/import/answers
git --no-pager diff --stat -- reports/import/answers
