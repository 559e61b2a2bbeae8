#!/usr/bin/env bash
# action.sh as a job of GitHub's runs it: action_test.sh REVENANT
set -uo pipefail
action=$(cd "$(dirname "$0")" && pwd)/action.sh
revenant=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export GITHUB_STEP_SUMMARY=$folder/summary.md
failed=0

# is STATUS TEXT NAME=VALUE…: the action ends so, and says so on either stream.
is() {
    local expected=$1 text=$2 status=0 said
    shift 2
    said=$(env "$@" "$action" 2>&1) || status=$?
    [ "$status" = "$expected" ] && [[ $said == *"$text"* ]] && return
    printf 'action_test: %s\nstatus %s, not %s, or no "%s" in:\n%s\n' "$*" "$status" "$expected" "$text" "$said" >&2
    failed=1
}

is 0 "1 row: 1 as expected" "REVENANT_RUN=$revenant check 'tutorial/lost*' --implementation fetch_add --threads 2"
for report in json junit.xml sarif md html; do
    [ -s "revenant-reports/races.$report" ] || { echo "action_test: no races.$report" >&2 && failed=1; }
done
grep -q fetch_add summary.md || { echo "action_test: no row in the summary" >&2 && failed=1; }
# Too large for three executions.
large="$revenant check registry/two_keys --implementation weak_registry --threads 3 --executions 3"
is 4 "undecided" "REVENANT_RUN=$large"
is 0 "lets pass" "REVENANT_RUN=$large" REVENANT_UNDECIDED=pass REVENANT_REPORTS=others
[ -s others/races.json ] || { echo "action_test: no reports in the folder of their own" >&2 && failed=1; }
is 2 "undecided is 'maybe'" "REVENANT_RUN=$large" REVENANT_UNDECIDED=maybe
is 2 "the input 'run' is empty" REVENANT_RUN=
is 2 "there is no program 'no_such_program'" "REVENANT_RUN=no_such_program check"
exit $failed
