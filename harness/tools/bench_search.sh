#!/bin/sh
# Builds and runs the benchmark of the searches, with the flags that the command itself is built with.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh
harness/tools/build.sh release search_bench
mkdir -p build/reports
exec build/release/bin/search_bench "$@"
