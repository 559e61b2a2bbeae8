#!/bin/sh
# Builds and runs the benchmarks: the production primitives against std, in one run, as ratios.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/deps.sh benchmarks
cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=g++ \
    -DREVENANT_BENCHMARKS=ON -DREVENANT_TESTS=OFF -DREVENANT_MODEL=OFF -DREVENANT_STRESS=OFF >/dev/null
cmake --build build/bench --target impl_parity_bench
exec build/bench/impl/impl_parity_bench "$@"
