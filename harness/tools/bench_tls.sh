#!/bin/sh
# Builds and runs the benchmark of the TLS client: requests that share contexts and connections, and requests
# that do not; curl; another registry. On loopback, in one run, each five times in random order.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh benchmarks
cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=g++ \
    -DREVENANT_BENCHMARKS=ON -DREVENANT_TESTS=OFF -DREVENANT_MODEL=OFF -DREVENANT_STRESS=OFF >/dev/null
cmake --build build/bench --target tls_bench
exec build/bench/bin/tls_bench --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true \
    --benchmark_report_aggregates_only=true "$@"
