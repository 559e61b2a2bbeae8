#!/usr/bin/env bash
# The test of tidy.sh: a small tree that is clean, and for each rule a violation planted in it, for which that
# rule must speak, alone and once. A rule without a violation here fails the test too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tidy=$here/tidy.sh
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE  # of a commit that this may be a hook of
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
planted=" "

fail() {
    printf 'tidy_test: %s\n' "$1" >&2
    failures=$((failures + 1))
}

# write FILE LINE…
write() {
    local file=$1
    shift
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "$@" >"$file"
}

# wide N: so many columns, of three bytes each.
wide() { printf '→%.0s' $(seq "$1"); }

# The clean tree has what the rules let pass: names of impl in comments, lines just as long as they may be.
make_clean_tree() {
    mkdir -p "$scratch/clean/harness/tidy"
    cd "$scratch/clean"
    git init -q
    cp "$here/../../.clang-format" .
    cp "$here/layers.txt" harness/tidy/
    write harness/tidy/exceptions.txt "# rule, glob, reason" "width reports/wide.txt it excuses"
    write reports/wide.txt "$(wide 200)"
    write impl/count.hpp "#pragma once" "static constexpr order_site one{" \
        '"a_name_of_a_site_so_long_that_the_line_wraps",' \
        "std::memory_order::relaxed};  // free(" "inline int is_free(int free_slots) { return free_slots; }"
    clang-format-14 -i impl/count.hpp
    write model/trace.hpp "#pragma once" "#include <revenant/count.hpp>" "#include <vector>"
    write model/relacy/include_relacy.hpp "#pragma once" "#include <""relacy/relacy.hpp>"
    write model/relacy/engine.hpp "#pragma once"
    write model/relacy/engine.cpp '#include "model/relacy/engine.hpp"' "" \
        '#include "model/relacy/include_relacy.hpp"' "// $(wide 107)"
    write README.md "$(wide 100)" "" '```' "$(wide 101)" '```' "" "    $(wide 101)" "" "| $(wide 101) |" "" \
        "- [$(wide 101)](README.md)" "- more" "    and more"
    write impl/order_site.hpp "#pragma once" "inline constexpr auto weakest = std::memory_order::relaxed;"
    git add .
}

clean_tree() {
    rm -rf "$scratch/tree"
    cp -r "$scratch/clean" "$scratch/tree"
    cd "$scratch/tree"
}

run() { found=$("$tidy" . 2>&1) && status=0 || status=$?; }

# plant RULE FILE:LINE COMMAND…: in a clean tree, the command makes one violation.
plant() {
    local rule=$1 place=$2
    shift 2
    planted+="$rule "
    clean_tree
    "$@"
    git add .
    run
    [ "$status" = 1 ] || fail "$rule at $place: exit status $status"
    case $found in
    *$'\n'*) fail "$rule at $place: more than one line:"$'\n'"$found" ;;
    "$place: $rule: "*) ;;
    *) fail "$rule at $place: '$found'" ;;
    esac
}

append() { printf '%s\n' "${@:2}" >>"$1"; }

make_clean_tree
clean_tree
run
[ "$status$found" = 0 ] || fail "a clean tree: exit status $status, '$found'"

plant name "\$'model/\\242\\372X.hpp':1" write $'model/\242\372X.hpp' "#pragma once"
plant name 'model/a\ b.hpp:1' write "model/a b.hpp" "#pragma once"
plant kind result.json:1 write result.json "{}"
plant kind utils/a.txt:1 write utils/a.txt "text"
plant kind model/notes.doc:1 write model/notes.doc "text"
plant kind model/noext:1 write model/noext "text"
plant kind model/link.hpp:1 ln -s trace.hpp model/link.hpp
plant size reports/large.json:1 write reports/large.json "$(yes '"a line"' | head -n 30000)"
plant width model/relacy/engine.cpp:5 append model/relacy/engine.cpp "// $(wide 108)"
plant width reports/page.js:2 write reports/page.js "" "$(wide 111)"
plant prose README.md:14 append README.md "$(wide 101)"
plant prose README.md:14 append README.md "    of a list's item $(wide 83)"
plant prose README.md:15 append README.md "" "[a link](README.md) and $(wide 80)"
plant pragma-once model/bare.hpp:1 write model/bare.hpp "struct Bare {};"
plant format model/crooked.cpp:1 write model/crooked.cpp "int  a;"
plant left-over model/trace.hpp:4 append model/trace.hpp "// TO""DO: the rest"
plant left-over reports/run.sh:1 write reports/run.sh "# FIX""ME"
plant path reports/run.sh:1 write reports/run.sh "cd /ho""me/someone/tree"
plant path README.md:14 append README.md "See \`/ro""ot/.cache\`."
plant blanks README.md:14 append README.md "text "
plant blanks reports/run.sh:1 write reports/run.sh "text"$'\t'
plant line-ends reports/run.sh:2 write reports/run.sh "one" "two"$'\r'
plant last-line reports/run.sh:1 eval 'mkdir -p reports && printf "one\ntwo" >reports/run.sh'
plant impl-word impl/count.hpp:5 append impl/count.hpp "inline void stop() { std::free(nullptr); }"
plant impl-word impl/count.hpp:5 append impl/count.hpp "inline int last() { return errno; }"
plant order impl/naked.hpp:2 write impl/naked.hpp "#pragma once" \
    "static constexpr auto order = std::memory_order_acquire;"

# includes FILE INCLUDE: a file with this one include, in its second line.
includes() { write "$1" "#pragma once" "#include $2"; }
plant layer impl/up.hpp:2 includes impl/up.hpp '"model/trace.hpp"'
plant layer model/up.hpp:2 includes model/up.hpp '"scenarios/catalogue.hpp"'
plant layer model/up.hpp:2 includes model/up.hpp '"model/search/dpor.hpp"'
plant layer impl/up.hpp:2 includes impl/up.hpp '<revenant/model/trace.hpp>'
plant layer model/up.hpp:2 includes model/up.hpp '<revenant/scenarios/catalogue.hpp>'
plant layer model/search/up.hpp:2 includes model/search/up.hpp '"model/relacy/engine.hpp"'
plant layer scenarios/up.hpp:2 includes scenarios/up.hpp '"harness/files/input_file.hpp"'
plant layer scenarios/up.hpp:2 includes scenarios/up.hpp '"reports/report.hpp"'
plant layer reports/up.hpp:2 includes reports/up.hpp '"model/relacy/engine.hpp"'
plant layer reports/up.hpp:2 includes reports/up.hpp '"model/search/dpor.hpp"'
plant layer reports/up.hpp:2 includes reports/up.hpp '"scenarios/catalogue.hpp"'
plant layer reports/up.hpp:2 includes reports/up.hpp '<revenant/count.hpp>'
plant layer harness/files/up.hpp:2 includes harness/files/up.hpp '"harness/search/row.hpp"'
plant layer harness/search/up.hpp:2 includes harness/search/up.hpp '"harness/threads/run.hpp"'
plant layer harness/threads/up.hpp:2 includes harness/threads/up.hpp '"harness/commands/main.hpp"'
plant layer harness/commands/up.hpp:2 includes harness/commands/up.hpp '"harness/threads/program/canary.hpp"'
plant layer model/beside.hpp:2 includes model/beside.hpp '"trace.hpp"'
plant layer harness/new/file.hpp:1 write harness/new/file.hpp "#pragma once"
plant relacy scenarios/macros.hpp:2 includes scenarios/macros.hpp "<relacy/relacy.hpp>"
plant relacy model/macros.hpp:2 includes model/macros.hpp '"model/relacy/include_relacy.hpp"'
through_another() {
    includes model/relacy/steps.hpp '"model/relacy/include_relacy.hpp"'
    includes model/litmus/run.hpp '"model/relacy/steps.hpp"'
}
plant relacy model/litmus/run.hpp:2 through_another
plant exception harness/tidy/exceptions.txt:3 append harness/tidy/exceptions.txt "size *.zip none is there"

for rule in $("$tidy" --rules); do
    [[ $planted == *" $rule "* ]] || fail "$rule: nothing is planted for this rule"
done

# What it cannot judge it does not call clean.
rm -rf .git
run
[ "$status" = 77 ] || fail "a tree without git: exit status $status, '$found'"
"$tidy" --fix >/dev/null 2>&1 && status=0 || status=$?
[ "$status" = 2 ] || fail "an option that there is not: exit status $status"

[ $failures = 0 ]
