#!/bin/bash
# The nightly run: what takes longer than a check before a merge may. Every step writes its report although
# one before it has failed; a table at the end says how each went. NIGHTLY_MINUTES scales the steps (default:
# 60); the builds come on top. Exit 0 only if nothing is wrong.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2

minutes=${NIGHTLY_MINUTES:-60}
case $minutes in
*[!0-9]* | 0* | ?????*)
    echo "nightly: NIGHTLY_MINUTES is '$minutes'; it should be a whole number from 1 to 9999" >&2
    exit 2
    ;;
esac
reports=build/reports/nightly
revenant=build/release/bin/revenant
rm -rf "$reports"
mkdir -p "$reports" || exit 2

rows=()
failed=0
undecided=0
interrupted=0
trap 'interrupted=1' INT TERM

# share PERCENT [PARTS]: that much of the time, in one of so many parts, as seconds with a fraction.
share() { awk -v m="$minutes" -v p="$1" -v n="${2:-1}" 'BEGIN { printf "%.2f", m * 60 * p / 100 / n }'; }

# whole_share PERCENT [PARTS]: the same in whole seconds, at least one.
whole_share() { share "$@" | awk '{ print $1 < 1 ? 1 : int($1) }'; }

# step NAME EXPECTED COMMAND…: runs it, keeps what it prints, notes how it went. EXPECTED: exit statuses.
step() {
    local name=$1 expected=$2 status=0 verdict=FAILED begin=$SECONDS last
    shift 2
    if [ "$interrupted" = 1 ]; then
        rows+=("$name|not run|-|-|interrupted")
        failed=1
        return
    fi
    printf '\n== %s: %s\n' "$name" "$*" | tee "$reports/$name.txt"
    "$@" 2>&1 | tee -i -a "$reports/$name.txt"
    status=${PIPESTATUS[0]}
    case " $expected " in *" $status "*) verdict="as expected" ;; esac
    # A budget of time has ended before every row was decided: nothing is wrong, and not all is proven.
    if [ "$verdict" = "as expected" ] && [ "$status" != 0 ]; then
        verdict="nothing wrong, some undecided"
        undecided=1
    fi
    [ "$interrupted" = 1 ] && verdict=interrupted
    case $verdict in "as expected" | "nothing wrong"*) ;; *) failed=1 ;; esac
    last=$(grep -v '^ *$' "$reports/$name.txt" | tail -n 1 | cut -c1-100 | tr '|' '/')
    rows+=("$name|$verdict|$status|$((SECONDS - begin)) s|$last")
}

builds() {
    harness/tools/deps.sh sanitizers && harness/tools/build.sh release all nightly_tests &&
        harness/tools/build.sh asan && harness/tools/build.sh tsan
}

step build 0 builds

# Of the catalogue; a claim is on a line of its own, further in than its scenario.
rows_of_catalogue=$($revenant list 2>/dev/null | grep -c '^    [^ ]* .*\(correct\|broken\)')
[ "$rows_of_catalogue" -gt 0 ] || rows_of_catalogue=100  # nothing was built: the steps will say so

# Every row with five threads. A budget of time leaves the largest undecided: 4.
step model "0 4" $revenant check --threads 5 --budget "$(share 22 "$rows_of_catalogue")s" --jobs 2 \
    --interleavings unexpected --json "$reports/model.json"
# Each mistake must be found for what it is, with two, three and four threads.
step mutants 0 $revenant check --implementation '*+*' --interleavings unexpected \
    --json "$reports/mutants.json"
# The rows that are too long for the test that compares the plain search with the catalogue.
step plain 0 $revenant check cache/address_reuse --threads 2 --strategy full --executions 20000000 --jobs 2 \
    --json "$reports/plain.json"
step planted 0 ctest --preset release -C nightly -R "^revenant_planted_tests$"
step canaries 0 ctest --preset release -C nightly -R "^revenant_canary_O"
step generated 0 build/release/model/generated/generated_search --programs 1000000 --seconds "$(share 15)"
# The same of programs in the native world, by the thousand.
step generated-native 0 ctest --preset release -C nightly -R "^native_many_generated_tests$"
# The package, with every compiler, and as a part of another build.
step package 0 ctest --preset release -C nightly -R "^package_(compilers|embedded)$"
# Every finding on real threads, under both sanitizers, and its fix.
step replay 0 ctest --preset release -R "^threads_cli_tests$"
# The TLS client beside programs of others, with every fault; then what it reads of strangers.
step tls 0 env REQUESTS=2000 harness/tools/test_tls.sh
step tls-fuzz 0 harness/tools/fuzz.sh "$(whole_share 3 2)" header loaders
# Production code by itself, then the catalogue with noise: ASan with UBSan and leak detection, and TSan.
for sanitizer in asan tsan; do
    long=address
    [ $sanitizer = tsan ] && long=thread
    step "$sanitizer-tests" 0 ctest --preset $sanitizer -E '^stress'
    step "$sanitizer-shapes" 0 build/$sanitizer/bin/revenant-stress --seconds "$(share 8 10)s"
    step "$sanitizer-shapes-log" 0 build/$sanitizer/bin/revenant-stress --log --seconds "$(share 4 10)s"
    # The TLS client in a tunnel, unsteered: no correct registry may be caught. Not every build has it.
    tunnel=build/$sanitizer/bin/revenant-tunnel-stress
    [ ! -x "$tunnel" ] ||
        step "$sanitizer-tunnel" 0 harness/tunnel/stress_test.sh "$tunnel" $((1 + minutes / 30)) 5
    step "$sanitizer-noise" 0 $revenant stress --threads 3 --noise all --sanitizer $long \
        --seconds "$(share 12 "$((rows_of_catalogue * 6))")s"
done
# The command itself, with Relacy in it, under AddressSanitizer.
step asan-command 0 harness/tools/asan_command.sh
# The command attacked: killed, with damaged input and absurd words, on full disks; under ASan as well.
step torture 0 harness/tools/torture.sh "$(awk -v s="$(share 10)" 'BEGIN { printf "%.3f", s / 60 }')"

table() {
    echo "| step | verdict | status | time | last line |"
    echo "|---|---|---|---|---|"
    local row
    for row in "${rows[@]}"; do echo "| ${row//|/ | } |"; done
}
printf '\n'
table | tee "$reports/summary.md"
[ -n "${GITHUB_STEP_SUMMARY:-}" ] && table >>"$GITHUB_STEP_SUMMARY"
if [ $failed = 0 ] && [ $undecided = 1 ]; then
    echo "nightly: nothing wrong, and some rows undecided within their time; the reports are in $reports"
elif [ $failed = 0 ]; then
    echo "nightly: all as expected; the reports are in $reports"
else
    echo "nightly: NOT all as expected; the reports are in $reports"
    exit 1
fi
