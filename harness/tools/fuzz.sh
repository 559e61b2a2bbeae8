#!/bin/sh
# Fuzzes the parsers of cases, bug reports, result files, checkpoints, HTTP headers and PEM texts, each for so
# many seconds (default 60). What is of interest is left in build/fuzz/corpus-*, a text that crashes one in
# build/fuzz.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
harness/tools/deps.sh sanitizers
cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER=clang++-19 \
    -DREVENANT_FUZZERS=ON -DREVENANT_TESTS=OFF -DREVENANT_STRESS=OFF >/dev/null
cmake --build build/fuzz --target case_fuzzer import_fuzzer results_fuzzer checkpoint_fuzzer \
    header_fuzzer loaders_fuzzer
cd build/fuzz
mkdir -p corpus-case corpus-import corpus-results corpus-checkpoint corpus-header corpus-loaders
reports/case_fuzzer -max_total_time="$seconds" -max_len=8192 -print_final_stats=1 corpus-case \
    ../../reports/fuzz/corpus
reports/import_fuzzer -max_total_time="$seconds" -max_len=20000 -print_final_stats=1 corpus-import \
    ../../reports/import/samples
reports/results_fuzzer -max_total_time="$seconds" -max_len=20000 -print_final_stats=1 corpus-results \
    ../../reports/fuzz/results-corpus
harness/search/checkpoint_fuzzer -max_total_time="$seconds" -max_len=8192 -print_final_stats=1 \
    corpus-checkpoint ../../harness/search/fuzz/corpus
impl/http/header_fuzzer -max_total_time="$seconds" -max_len=20000 -print_final_stats=1 corpus-header \
    ../../impl/http/fuzz/corpus
impl/tls/loaders_fuzzer -max_total_time="$seconds" -max_len=8192 -print_final_stats=1 corpus-loaders \
    ../../impl/tls/fuzz/corpus
