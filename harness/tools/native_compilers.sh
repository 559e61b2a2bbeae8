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
# As the compilers' wrapper has them.
no_builtins=()
read -r -a functions <<<"$(sed -n '/^for function in /,/; do$/p' harness/native/package/revenant_cxx.sh |
    sed 's/^for function in //; s/; do$//; s/\\$//' | tr '\n' ' ')"
for function in "${functions[@]}"; do
    no_builtins+=("-fno-builtin-$function")
done
[ ${#no_builtins[@]} -gt 10 ]
# A line for each test: its name and verdict. Of two unordered accesses, either may be found first. Not by
# time, which is another on each machine.
verdicts() {
    "$1" --executions 1000000 --interleavings none --json - 2>/dev/null |
        python3 -c 'import json, sys
for row in json.load(sys.stdin)["rows"]:
    print(row["scenario"], row["verdict"])'
}
agreed=0
differed=0
# compare NAME PROGRAM: the verdicts of a program that was just built, against those that are expected.
compare() {
    verdicts "$2" >"$work/got" || true
    if diff "$work/expected" "$work/got" >"$work/difference"; then
        agreed=$((agreed + 1))
    else
        differed=$((differed + 1))
        echo "$1:"
        cat "$work/difference"
    fi
}
# Each compiler's standard libraries; libc++ is there with Clang, and not in each version.
whole="-Wno-unused-command-line-argument -mllvm -capture-tracking-max-uses-to-explore=0"
compilers=(g++ "clang++-14 $whole" "clang++-19 $whole" "clang++-14 $whole -stdlib=libc++"
    "clang++-19 $whole -stdlib=libc++ -fexperimental-library")
printf '#include <vector>\nint main() {}\n' >"$work/has.cpp"
# What C++17 can compile of the programs is compiled as that too.
for choice in "${compilers[@]}"; do
    read -r -a compiler <<<"$choice"
    command -v "${compiler[0]}" >/dev/null || continue
    "${compiler[@]}" "$work/has.cpp" -o "$work/has" 2>/dev/null || {
        echo "left out: $choice"
        continue
    }
    for program in libc libc_input libc_more libc_wide library library_waits locks memory once pairs \
        pointers pool registry resurrection tables times waiting; do
        verdicts "$built/native/native_$program" >"$work/expected"
        case $choice in
        # It takes a weak CAS for a strong one: see harness/native/README.md.
        clang*) sed -i '/^a_weak_exchange_may_fail/s/broken$/correct/' "$work/expected" ;;
        esac
        case $choice in
        # libstdc++ 12 may wait for ever there: see scenarios/native/library_waits.cpp.
        *libc++*) sed -i '/^a_semaphore_that_two_take/s/broken$/correct/' "$work/expected" ;;
        esac
        case $choice in
        *-14*libc++*) sed -i '/^jthread/d' "$work/expected" ;;
        esac
        cp "$work/expected" "$work/expected_of_all"
        for standard in 17 20; do
            for level in 0 1 2 3; do
                "${compiler[@]}" -std=c++$standard -O$level -g -fsanitize=thread -w "${no_builtins[@]}" \
                    -include model/native/own_strings.hpp -I "$built/include" -I . \
                    -c "scenarios/native/$program.cpp" -o "$work/program.o" \
                    2>"$work/errors" || {
                    [ $standard = 17 ] && continue
                    cat "$work/errors"
                    exit 1
                }
                # Linked by the same compiler, which puts its standard library behind ours.
                "${compiler[@]}" "$work/program.o" -L "$built/lib" -Wl,-rpath,"$built/lib" -lrevenant_native \
                    -o "$work/program"
                cp "$work/expected_of_all" "$work/expected"
                case "$level $choice" in
                # Its waiting loops are not optimised, and too large for so many executions.
                0*libc++*)
                    sed -i '/^a_lock_made_by_hand/s/correct$/undecided/' "$work/expected"
                    sed -i '/^a_barrier_of_two/s/correct$/undecided/' "$work/expected"
                    ;;
                esac
                compare "$program, $choice -std=c++$standard -O$level" "$work/program"
            done
        done
    done
done
echo "$agreed programs with the verdicts of the release build, $differed with others"
[ "$differed" -eq 0 ]
