#!/bin/sh
# Builds and runs the benchmark of the searches, with the flags that the command itself is built with.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh
mkdir -p build/reports
cmake --preset release >build/configure-release.log 2>&1 || {
    cat build/configure-release.log >&2
    exit 1
}
cmake --build --preset release --target search_bench
exec build/release/bin/search_bench "$@"
