#include "harness/torture/invocation.hpp"

#include <doctest/doctest.h>

#include "harness/process/test_folder.hpp"
#include "reports/printable.hpp"

namespace revenant::harness::torture {
namespace {

const std::string show = R"(for w in "$@"; do printf '[%s]' "$w"; done; pwd; echo "$A"; exit 3)";

TEST_CASE("an invocation that is typed does what it did when it was started") {
    const ScratchFolder folder;
    folder.write("show", "#!/bin/sh\n" + show + "\n");
    std::filesystem::permissions(folder.file("show"), std::filesystem::perms::owner_all);
    const Invocation odd{.words = {"", "a b", "it's", "\\", "$HOME", "two\nlines", "\x1b[31m", "\xff", "→"},
                         .environment = {{"A", "b c"}}};
    auto limited = odd;
    limited.line = R"(ulimit -f 1; exec "$0" "$@" 2>&-)";
    for (const auto& invocation : {odd, limited}) {
        const auto started = start(folder.file("show"), invocation, folder.path()).finish();
        const auto typed = as_typed(folder.file("show"), invocation, folder.path());
        const auto again = ChildProcess("/bin/bash", {"-c", typed}, {}).finish();
        CHECK(started.status == 3);
        CHECK(again.status == 3);
        CHECK(started.out.find("[two\nlines]") != std::string::npos);
        CHECK(again.out == started.out);
        CHECK(reports::is_printable(typed));
    }
}

}  // namespace
}  // namespace revenant::harness::torture
