#!/bin/bash
# fuzz.sh [SECONDS] [PARSER…]: fuzzes the parsers of cases, bug reports, result files, checkpoints, HTTP
# headers and PEM texts, or those that are named, each for so many seconds (default 60). What is of interest
# is left in build/fuzz/corpus-*, a text that crashes one in build/fuzz.
# Exit status: that of the first fuzzer that finds something; 2 for a usage that is wrong.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -eq 0 ] || shift

declare -A fuzzers=(  # the folder, the longest text, where the corpus begins
    [case]="reports 8192 reports/fuzz/corpus"
    [import]="reports 20000 reports/import/samples"
    [results]="reports 20000 reports/fuzz/results-corpus"
    [checkpoint]="harness/search 8192 harness/search/fuzz/corpus"
    [header]="impl/http 20000 impl/http/fuzz/corpus"
    [loaders]="impl/tls 8192 impl/tls/fuzz/corpus"
)
[ $# -gt 0 ] || set -- case import results checkpoint header loaders
for parser; do
    [ -n "${fuzzers[$parser]:-}" ] || {
        echo "fuzz: '$parser' is no parser; they are: case import results checkpoint header loaders" >&2
        exit 2
    }
done
case $seconds in
'' | 0* | *[!0-9]*)
    echo "fuzz: '$seconds' is no whole number of seconds from 1 on" >&2  # libFuzzer's 0 is for ever
    exit 2
    ;;
esac

harness/tools/deps.sh sanitizers
cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER=clang++-19 \
    -DREVENANT_FUZZERS=ON -DREVENANT_TESTS=OFF -DREVENANT_STRESS=OFF >/dev/null
cmake --build build/fuzz --target "${@/%/_fuzzer}"
cd build/fuzz
for parser; do
    read -r folder longest corpus <<<"${fuzzers[$parser]}"
    mkdir -p "corpus-$parser"
    "$folder/${parser}_fuzzer" -max_total_time="$seconds" -max_len="$longest" -print_final_stats=1 \
        "corpus-$parser" "../../$corpus"
done
