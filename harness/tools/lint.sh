#!/usr/bin/env bash
# Looks for mistakes without running anything: shellcheck over the scripts, cppcheck over all C++, clang-tidy
# over what is compiled here. `lint.sh FILE.cpp…`: clang-tidy alone, over these. Exit status 1 if any of them
# has something to say, 2 if one could not be asked.
set -uo pipefail
export LC_ALL=C.UTF-8  # sort and comm agree
cd "$(dirname "$0")/../.." || exit 2
harness/tools/deps.sh lint || exit 2
build=build/lint
status=0

# Configured only, for Clang, whose flags clang-tidy understands; nothing is built. clang-tidy would read a
# file once for each command that compiles it: the first is enough.
configure() {
    mkdir -p $build/once
    cmake --preset clang -B $build -DREVENANT_TOGETHER="$1" -DREVENANT_TOGETHER_BATCH=0 \
        -DCMAKE_UNITY_BUILD="$1" -DCMAKE_UNITY_BUILD_BATCH_SIZE=0 -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
        >$build/configure.log 2>&1 || {
        cat $build/configure.log >&2
        exit 2
    }
    awk -F '"' '
        /^\{/ { entry = "" }
        { entry = entry $0 "\n" }
        $2 == "file" { file = $4 }
        /^\}/ && !seen[file]++ {
            sub(/,\n$/, "\n", entry)
            entries = entries separator entry
            separator = ","
        }
        END { print "[" entries "]" }' $build/compile_commands.json >$build/once/compile_commands.json
    # What holds in a folder holds for the sources that the build puts together there.
    git ls-files '*/.clang-tidy' | while IFS= read -r checks; do cp "$checks" "$build/$checks"; done
}

# The tracked sources that this build compiles: without fuzzers, MPI, benchmarks, generated ones. Without the
# tests, whose macros take a minute a file, and the programs to be explored, which are written as people write
# them, with what is advised against; cppcheck reads both. Several at a time where the build has them so, each
# once.
compiled() {
    git ls-files '*.cpp' | grep -vE '_test\.cpp$|^scenarios/native/' |
        awk -F '"' -v root="$PWD/" '
            NR == FNR { wanted[root $0] = 1; next }
            $2 != "file" { next }
            $4 ~ /\/Unity\// {
                new = 0
                while ((getline line <$4) > 0) {
                    if (split(line, part, "\"") > 1 && wanted[part[2]]) new = 1
                    delete wanted[part[2]]
                }
                if (new) print $4
                next
            }
            wanted[$4] { print $4; delete wanted[$4] }' - $build/once/compile_commands.json
}

# All that clang-tidy says of a file in one piece: others run beside it. Of sources that are put together,
# one's names may hide another's.
# shellcheck disable=SC2317 # xargs calls it
tidy() {
    local said
    said=$(clang-tidy-19 -p "$1" --quiet --extra-arg=-Wno-shadow "$2" 2>&1) || {
        printf '%s\n' "$said"
        return 1
    }
}
export -f tidy

if [ $# -gt 0 ]; then
    configure OFF
    sources=("$@")
else
    configure ON
    mapfile -t sources < <(compiled)
    git ls-files -z '*.sh' .ci/run | xargs -0 shellcheck || status=1
    git ls-files '*.cpp' | cppcheck --file-list=- -I . -I $build/include --std=c++20 \
        --enable=warning,performance,portability --library=harness/tidy/doctest.cfg \
        --suppressions-list=harness/tidy/cppcheck.txt \
        --error-exitcode=1 --quiet -j "$(nproc)" || status=1
fi
[ ${#sources[@]} -gt 0 ] || exit 2
printf '%s\0' "${sources[@]}" | xargs -0 -P "$(nproc)" -n 1 bash -c 'tidy "$@"' tidy $build/once || status=1
exit $status
