#!/usr/bin/env bash
# tidy.sh [TREE]: holds the tracked files of a git checkout (default: this one) against the rules of the tree,
# and prints a line for each violation: `file:line: rule: what is wrong; what would be right`.
# tidy.sh --rules: lists the rules.
# Exit status: 0 clean, and nothing is printed; 1 violations; 2 usage, or a rule that could not be applied;
# 77 no git checkout, so nothing tells what belongs to the tree and what was built in it.
set -uo pipefail
export LC_ALL=C  # bytes, in every awk; text.awk counts characters itself
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=harness/tidy/names.sh
. "$here/names.sh"

rules=(name kind size width prose pragma-once format left-over path blanks line-ends last-line layer relacy
    impl-word order exception)

stop() {
    printf 'tidy: %s\n' "$2" >&2
    exit "$1"
}

case ${1:-} in
--rules)
    printf '%s\n' "${rules[@]}"
    exit 0
    ;;
-*) stop 2 "'$1' is not an option; usage: tidy.sh [TREE] | --rules" ;;
esac
[ $# -le 1 ] || stop 2 "one tree at a time; usage: tidy.sh [TREE] | --rules"
cd "${1:-$here/../..}" || exit 2
for table in exceptions layers; do
    [ -f harness/tidy/$table.txt ] || stop 2 "$PWD has no harness/tidy/$table.txt to go by"
done
limit=$(awk -F ': *' '$1 == "ColumnLimit" { print $2 }' .clang-format)
[ -n "$limit" ] || stop 2 "$PWD/.clang-format has no ColumnLimit"

# A checkout in a container may belong to another user, whom git does not trust; to list names is harmless.
mapfile -d '' -t tracked < <(git -c safe.directory='*' ls-files -z 2>/dev/null)
[ ${#tracked[@]} -gt 0 ] || stop 77 "$PWD is no git checkout; not checked"

files=()  # what the rules below read: there, and with a name that can be printed
texts=()  # of these, what is text, and not empty
sources=()  # of these, C++
for file in "${tracked[@]}"; do
    [ -f "$file" ] || [ -L "$file" ] || continue  # deleted, and git not yet told
    is_plain_name "$file" || continue
    files+=("$file")
    if [ ! -s "$file" ] || is_binary "$file"; then continue; fi
    texts+=("$file")
    case $file in *.hpp | *.cpp) sources+=("$file") ;; esac
done

last_lines() {
    local last i
    mapfile -t last < <(tail -qc1 -- "${texts[@]}" | od -An -v -tx1 -w1)
    for i in "${!texts[@]}"; do
        [ "${last[i]}" = " 0a" ] || printf 'last-line\t%s\t1\tno newline at the end; add one\n' "${texts[i]}"
    done
}

# Another version has another taste, and would quarrel over what this one wrote.
format() {
    local tool=clang-format-14 said
    [ ${#sources[@]} -gt 0 ] || return 0
    if ! command -v $tool >/dev/null; then
        printf 'format\t.clang-format\t1\t%s is not installed; harness/tools/deps.sh installs it\n' $tool
    elif ! said=$($tool --dry-run -Werror -- "${sources[@]}" 2>&1); then
        awk -F: '/\[-Wclang-format-violations\]$/ {
            if (!seen[$1]++) printf "format\t%s\t%s\tnot as clang-format 14 writes it; make format\n", $1, $2
            ++count
        } END { exit count == 0 }' <<<"$said" || {
            printf '%s\n' "$said" >&2
            return 1
        }
    fi
}

violations() {
    names "${tracked[@]}" && sizes "${files[@]}" && last_lines &&
        awk -v limit="$limit" -f "$here/text.awk" -- "${texts[@]}" &&
        awk -f "$here/layers.awk" -- harness/tidy/layers.txt "${sources[@]}" &&
        format
}

found=$(violations) || stop 2 "a rule could not be applied"

# An exception is a rule, a glob that files match, and a reason; one that excuses nothing any more has to go.
excused=()
while read -r rule glob _; do
    case $rule in '' | '#'*) excused+=("") ;; *) excused+=("$rule $glob") ;; esac
done <harness/tidy/exceptions.txt

is_excused() {
    local i
    for i in "${!excused[@]}"; do
        # shellcheck disable=SC2053 # a glob
        if [[ ${excused[i]%% *} == "$1" && $2 == ${excused[i]#* } ]]; then
            used[i]=1
            return
        fi
    done
    return 1
}

used=()
status=0
while IFS=$'\t' read -r rule file line message; do
    if [ -z "$rule" ] || is_excused "$rule" "$file"; then continue; fi
    printf '%s:%s: %s: %s\n' "$file" "$line" "$rule" "$message"
    status=1
done <<<"$found"
for i in "${!excused[@]}"; do
    if [ -z "${excused[i]}" ] || [ -n "${used[i]:-}" ]; then continue; fi
    printf 'harness/tidy/exceptions.txt:%d: exception: "%s" excuses nothing; remove the line\n' \
        $((i + 1)) "${excused[i]}"
    status=1
done
exit $status
