#!/usr/bin/env bash
# shell_test.sh COMMAND FOLDER: the man pages and completions in the folder have every subcommand and every
# option that the command's --help has, and the shells that are installed complete with them.
set -euo pipefail
command=$1
folder=$2
failures=0

fail() {
    printf 'shell_test: %s\n' "$1" >&2
    failures=$((failures + 1))
}

# has FILE WORD: as a word of its own, whatever stands around it.
has() { grep -qE -- "(^|[^a-z-])$2([^a-z-]|\$)" "$1"; }
# The options that a help text lists, without their dashes.
options_in() { grep -oE '^  (-h,)?--[a-z-]+' | sed 's/.*--//'; }

# The part of a script that is of the subcommand.
part() { sed -n "/^ *$subcommand)\$/,/^ *;;\$/p" "$1"; }

subcommands=$("$command" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\)  .*/\1/p')
[ "$(wc -w <<<"$subcommands")" -ge 10 ] || fail "--help lists few subcommands: $subcommands"
for subcommand in $subcommands; do
    page=$folder/man/revenant-$subcommand.1
    has "$folder/man/revenant.1" "$subcommand" || fail "revenant.1 has no $subcommand"
    [ -f "$page" ] || fail "there is no revenant-$subcommand.1"
    for option in $("$command" "$subcommand" --help | options_in); do
        has /dev/stdin "--$option" <<<"$(sed 's/\\-/-/g; s/\\f[A-Z]//g' "$page")" ||
            fail "$page has no --$option"
        grep -qE -- "-\*\) .*[ ']--${option}[ ']" <<<"$(part "$folder/bash/revenant")" ||
            fail "bash does not know $subcommand --$option"
        grep -q -- "'--${option}\[" <<<"$(part "$folder/zsh/_revenant")" ||
            fail "zsh does not know $subcommand --$option"
        grep -q -- "seen_subcommand_from $subcommand'.* -l $option " "$folder/fish/revenant.fish" ||
            fail "fish does not know $subcommand --$option"
    done
done

# completes SHELL WORDS EXPECTED…: what the shell offers for the words, one a line, has these.
offered=
completes() {
    local shell=$1 words=$2
    shift 2
    for expected; do
        grep -qE "^$expected(\$|[[:blank:]])" <<<"$offered" ||
            fail "$shell: '$words' is not completed with '$expected', but with: ${offered//$'\n'/ }"
    done
}
PATH=$(dirname "$command"):$PATH
in_bash() {
    # shellcheck disable=SC1090,SC1091 # made by the build
    . "$folder/bash/revenant"
    read -ra COMP_WORDS <<<"$1"
    [[ $1 != *' ' ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _revenant
    printf '%s\n' "${COMPREPLY[@]}"
}
in_fish() { fish -c "source '$folder/fish/revenant.fish'; complete -C '$1'"; }
for shell in bash fish; do
    command -v "$shell" >/dev/null || continue
    while IFS='|' read -r words expected; do
        offered=$("in_$shell" "$words")
        # shellcheck disable=SC2086 # several words
        completes "$shell" "$words" $expected
    done <<'ROWS'
revenant |check replay import
revenant ch|check
revenant check --str|--strategy
revenant check --strategy |dpor pct
revenant check tutorial/|tutorial/lost_update tutorial/publish_vs_read
revenant replay --on |model threads
ROWS
done
if command -v zsh >/dev/null; then
    zsh -n "$folder/zsh/_revenant" || fail "zsh does not read its script"
fi
[ "$failures" = 0 ]
