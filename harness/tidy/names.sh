# shellcheck shell=bash
# The rules on files as such: what they may be called, and how large they may be. Sourced by tidy.sh.

kinds="awk c case cfg cmake cpp css hpp in js json md mjs png sh svg txt yml"
roots="action.yml ARCHITECTURE.md CHANGELOG.md CMakeLists.txt CMakePresets.json CONTRIBUTING.md LICENSE
Makefile README.md .clang-format .clang-tidy .editorconfig .gitignore .shellcheckrc"
folders=".ci .github harness impl model reports scenarios"
size_max_kib=256

# Nothing that a shell, a Makefile or a terminal takes for more than a name.
is_plain_name() { [[ $1 != *[!A-Za-z0-9._/+-]* ]]; }

is_binary() { [[ $1 == *.png ]]; }

has_word() { [[ " ${1//$'\n'/ } " == *" $2 "* ]]; }

# What is wrong with a path, or nothing.
fault_of_path() {
    if ! is_plain_name "$1"; then
        echo "name: has other characters than letters, digits and . _ - +; rename or remove it"
    elif [ -L "$1" ]; then
        echo "kind: a symbolic link; have the file itself"
    elif [[ $1 != */* ]]; then
        has_word "$roots" "$1" || echo "kind: not known in the root; move it, or list it in names.sh"
    elif ! has_word "$folders" "${1%%/*}"; then
        echo "kind: in no folder of ours ($folders); move it"
    elif [[ ${1##*/} != *.* ]] || ! has_word "$kinds" "${1##*.}"; then
        echo "kind: no extension that we know; give it one of: $kinds"
    fi
}

names() {
    local file fault
    for file; do
        fault=$(fault_of_path "$file")
        [ -z "$fault" ] || printf '%s\t%q\t1\t%s\n' "${fault%%: *}" "$file" "${fault#*: }"
    done
}

sizes() {
    local file bytes
    stat -c '%s %n' -- "$@" | while read -r bytes file; do
        [ "$bytes" -le $((size_max_kib * 1024)) ] ||
            printf 'size\t%s\t1\t%s bytes; at most %s KiB\n' "$file" "$bytes" $size_max_kib
    done
}
