#!/usr/bin/env bash
# The step of action.yml that runs: what explores, with a report in each format. Its words come in the
# environment. Exit status: that of the program; 0 for an undecided row if REVENANT_UNDECIDED is `pass`; 2 for
# words that are not understood.
set -uo pipefail
reports=${REVENANT_REPORTS:-revenant-reports}

complain() {
    echo "revenant: $1" >&2
    exit 2
}

case ${REVENANT_UNDECIDED:=fail} in
fail | pass) ;;
*) complain "undecided is '$REVENANT_UNDECIDED'; it may be fail or pass" ;;
esac
# As a shell reads them: `'registry/*'` is one word, and no pattern for files.
words() { xargs -r printf '%s\0' <<<"$1"; }
mapfile -d '' -t run < <(words "${REVENANT_RUN:-}")
mapfile -d '' -t program < <(words "${REVENANT_PROGRAM:-}")
[ ${#run[@]} -gt 0 ] || complain "nothing to run: the input 'run' is empty"
command -v "${run[0]}" >/dev/null || complain "there is no program '${run[0]}'"
mkdir -p "$reports" || exit 2

status=0
"${run[@]}" --interleavings unexpected --json "$reports/races.json" --junit "$reports/races.junit.xml" \
    --sarif "$reports/races.sarif" --markdown "$reports/races.md" --html "$reports/races.html" \
    ${program[@]+"${program[@]}"} || status=$?
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -s "$reports/races.md" ]; then
    cat "$reports/races.md" >>"$GITHUB_STEP_SUMMARY"
fi
if [ "$status" = 4 ] && [ "$REVENANT_UNDECIDED" = pass ]; then
    echo "revenant: some rows are undecided, which this job lets pass"
    status=0
fi
exit "$status"
