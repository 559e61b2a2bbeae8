#!/bin/bash
# native_compilers.sh: compiles the scenarios in ordinary C++ with each compiler that is there, at -O0 to -O3,
# and holds their verdicts against those of the release build. Prints how many programs agree, and names those
# that do not.
set -eu
cd "$(dirname "$0")/../.."
harness/tools/build.sh release native_scenarios_tests
built=$PWD/build/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
no_builtins=()
for function in memcpy memmove memset memcmp bcmp strlen strnlen strcmp strncmp strcpy strncpy strcat \
    strdup; do
    no_builtins+=("-fno-builtin-$function")
done
# A line for each test: its name and verdict. Of two unordered accesses, either may be found first.
verdicts() {
    "$1" --interleavings none --json - 2>/dev/null |
        python3 -c 'import json, sys
for row in json.load(sys.stdin)["rows"]:
    print(row["scenario"], row["verdict"])'
}
agreed=0
differed=0
for compiler in g++ clang++-14 clang++-19; do
    command -v "$compiler" >/dev/null || continue
    for program in locks memory once pointers pool registry resurrection tables times waiting; do
        verdicts "$built/native/native_$program" >"$work/expected"
        for level in 0 1 2 3; do
            "$compiler" -std=c++20 -O$level -g -fsanitize=thread -w "${no_builtins[@]}" -I "$built/include" \
                -c "scenarios/native/$program.cpp" -o "$work/program.o"
            g++ "$work/program.o" -L "$built/lib" -Wl,-rpath,"$built/lib" -lrevenant_native \
                -o "$work/program"
            verdicts "$work/program" >"$work/got" || true
            if diff "$work/expected" "$work/got" >"$work/difference"; then
                agreed=$((agreed + 1))
            else
                differed=$((differed + 1))
                echo "$program, $compiler -O$level:"
                cat "$work/difference"
            fi
        done
    done
done
echo "$agreed programs with the verdicts of the release build, $differed with others"
[ "$differed" -eq 0 ]
