#!/usr/bin/env bash
# tunnel_test.sh PROGRAM RUNS [SANITIZER]: runs the crash in the tunnel so many times, broken and fixed, and
# counts. SANITIZER is the one that PROGRAM was built with: address, thread or none.
# Exit status 1 unless every run ends as it must.
set -uo pipefail
program=$1
runs=$2
sanitizer=${3:-}
failed=0

# count TITLE STATUS TEXT ARGUMENTS…: every run ends with the status, and prints the text.
count() {
    local title=$1 wanted=$2 text=$3 good=0 run said status
    shift 3
    for ((run = 0; run < runs; ++run)); do
        said=$("$program" "$@" 2>&1)
        status=$?
        if [ $status -eq "$wanted" ] && [[ $said == *"$text"* ]]; then
            good=$((good + 1))
        else
            printf '%s\n' "exit status $status, not $wanted, or not '$text': $said" >&2
        fi
    done
    printf '%-42s %d of %d\n' "$title" $good "$runs"
    [ $good -eq "$runs" ] || failed=1
}

ulimit -c 0
case $sanitizer in
address)
    count "legacy: a use after free" 66 "ERROR: AddressSanitizer: heap-use-after-free" legacy off
    ;;
"")
    count "legacy, guards off: strlen(NULL)" 139 "SIGSEGV at address 0" legacy off
    count "legacy, guards on: an error" 1 "handshake: chain: there is no content" legacy on
    ;;
esac
count "weak registry: the page" 0 "reply: hello" weak off
count "shared registry: the page" 0 "reply: hello" shared off
exit $failed
