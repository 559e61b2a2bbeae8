// Each attack on a command that is whole but for one fault: it must come upon the fault, and name it.
#include <doctest/doctest.h>

#include <filesystem>

#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"

namespace revenant::harness::torture {
namespace {

TEST_CASE("each attack comes upon a fault that is planted for it") {
    struct Row {
        const char* attack;
        const char* seed;
        const char* rounds;
        const char* fault;  ///< shell; `"$R" "$@"` is the command
        const char* named;
    };
    const Row rows[] = {
        {"kills", "2", "1",
         R"(case " $* " in *" --checkpoint "*) exec "$R" "$@";; esac
            "$R" "$@"; sed -i 's/"complete": [0-9]*/"complete": 5/' out.json)",
         "other totals than uninterrupted"},
        {"kills", "2", "1", R"(case " $* " in *" --checkpoint "*) touch .revenant-a;; esac; exec "$R" "$@")",
         ".revenant-a is left behind"},
        {"mutations", "1", "8", R"("$R" "$@"; s=$?; [ $s = 3 ] && printf '\033[2J'; exit $s)",
         "stdout has what cannot be printed"},
        {"mutations", "1", "8", R"("$R" "$@"; s=$?; [ $s = 3 ] && kill -SEGV $$; exit $s)",
         "was ended by signal 11"},
        {"command-lines", "1", "40", R"("$R" "$@"; s=$?; [ $s = 2 ] && echo 'revenant: more' >&2; exit $s)",
         "stderr is not one line"},
        {"full-disks", "1", "12", R"("$R" "$@"; s=$?; [ $s = 2 ] && printf '{' >out.json; exit $s)",
         "the file out.json is not whole: 1 bytes"},
        {"circumstances", "8", "1", R"("$R" "$@"; s=$?; [ -f out.md ] && pwd >>out.md; exit $s)",
         "other folder: out.md differs: line "},
        {"circumstances", "1", "1",
         R"(case $1 in check) [ "$COLUMNS" = 40 ] && echo narrow;; esac; exec "$R" "$@")",
         "other locale and terminal: stdout differs: line 1"},
    };
    for (const auto& row : rows) {
        const ScratchFolder folder;
        folder.write("revenant", std::string("#!/bin/sh\n") + row.fault + "\n");
        std::filesystem::permissions(folder.file("revenant"), std::filesystem::perms::owner_all);
        auto options = in_folder(folder.path());
        options.environment.emplace_back("R", REVENANT_COMMAND);
        const auto ended = ChildProcess(REVENANT_TORTURE,
                                        {"--command", folder.file("revenant"), "--attack", row.attack,
                                         "--seed", row.seed, "--rounds", row.rounds},
                                        options)
                               .finish();
        CAPTURE(row.fault);
        CHECK(ended.status == 1);
        CHECK_MESSAGE(contains(ended.out, row.named), (ended.out + ended.err));
    }
}

}  // namespace
}  // namespace revenant::harness::torture
