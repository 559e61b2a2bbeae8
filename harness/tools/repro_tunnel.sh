#!/bin/sh
# The crash of oven-sh/bun#27838 in a proxy tunnel, a hundred times (RUNS=n): the broken registry without a
# sanitizer and under AddressSanitizer, and the fixed ones. Exit status 1 unless every run ends as it must.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh sanitizers
harness/tools/build.sh release revenant-tunnel
harness/tools/build.sh asan revenant-tunnel
status=0
echo "without a sanitizer"
harness/tunnel/tunnel_test.sh build/release/bin/revenant-tunnel "${RUNS:-100}" || status=1
echo "under AddressSanitizer"
harness/tunnel/tunnel_test.sh build/asan/bin/revenant-tunnel "${RUNS:-100}" address || status=1
exit $status
