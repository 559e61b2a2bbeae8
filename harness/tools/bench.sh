#!/bin/sh
# bench.sh PROGRAM [OPTION…]: builds one of the benchmarks and runs it: everything in one run, as ratios.
set -eu
program=${1:-}
case $program in
impl_parity_bench | tls_bench) shift ;;
*)
    echo "bench: '$program' is no benchmark; they are: impl_parity_bench tls_bench" >&2
    exit 2
    ;;
esac
cd "$(dirname "$0")/../.."
harness/tools/deps.sh benchmarks
cmake -S . -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=g++ \
    -DREVENANT_BENCHMARKS=ON -DREVENANT_TESTS=OFF -DREVENANT_MODEL=OFF -DREVENANT_STRESS=OFF >/dev/null
cmake --build build/bench --target "$program"
exec "build/bench/bin/$program" "$@"
