#!/usr/bin/env bash
# The command itself under AddressSanitizer and UBSan: its tests, then every subcommand that needs no real
# threads, with every option that writes a file and paths that no string holds within itself. What is
# covered: harness/sanitizers/README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests=(commands_tests cli_tests)
harness/tools/build.sh asan-command revenant-sanitizer-canary revenant "${tests[@]}"
ctest --preset asan-command -R "^($(IFS='|' && echo "${tests[*]}"))\$"

revenant=build/asan-command/bin/revenant
out=build/reports/under-the-address-sanitizer
rm -rf $out
mkdir -p $out

# run STATUS ARGUMENTS…: the command must end so; a sanitizer's report ends it with 66. "any": an answer,
# whichever.
run() {
    local expected=$1 status=0
    shift
    $revenant "$@" >$out/stdout.txt 2>$out/stderr.txt || status=$?
    [ "$status" = "$expected" ] && return
    [ "$expected" = any ] && [ "$status" -lt 6 ] && return
    echo "asan_command: revenant $* ended with status $status:" >&2
    cat $out/stderr.txt >&2
    exit 1
}

# formats NAME: the options that write a report in each format, to files of this name.
formats() {
    formats=()
    for format in json junit sarif markdown html; do
        formats+=("--$format" "$out/$1-in-a-file-with-a-long-name.$format")
    done
}

formats the-whole-catalogue
run 0 check --interleavings all "${formats[@]}"
formats a-single-finding
run 0 check registry/intern_vs_last_release --implementation legacy_registry --threads 3 --interleavings all \
    --save-case "$out/a-case-with-a-long-name.case" "${formats[@]}"
run 0 check registry/two_keys --implementation weak_registry --threads 3 --jobs 3 \
    --checkpoint "$out/a-checkpoint-with-a-long-name.json" --executions 100000000
for share in 1 2; do
    run 0 check reference/bare_registry --implementation weak_orders --threads 3 --shard $share/2 \
        --json "$out/share-$share-with-a-long-name.json"
done
run 0 merge "$out/share-1-with-a-long-name.json" "$out/share-2-with-a-long-name.json" \
    --json "$out/the-merged-shares.json"
run 0 replay "$out/a-case-with-a-long-name.case"
run 0 minimise "$out/a-case-with-a-long-name.case" --save-case "$out/a-smaller-case-with-a-long-name.case"
run 0 list
run 0 litmus
# Of the samples that were made up, one for each fault; their number tells it.
reports=0
fault=
for report in reports/import/samples/*.txt; do
    name=${report##*/}
    if [[ $name == [0-9][0-9]-* ]]; then
        [ "${name:0:2}" = "$fault" ] && continue
        fault=${name:0:2}
    fi
    run any import "$report" --save-case "$out/imported-$reports-with-a-long-name.case"
    reports=$((reports + 1))
done
[ $reports -gt 10 ]
for format in json junit sarif markdown html; do
    [ "$(wc -c <"$out/the-whole-catalogue-in-a-file-with-a-long-name.$format")" -gt 1000 ]
done
echo "asan_command: nothing reported; the files are in $out"
