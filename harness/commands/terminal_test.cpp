#include "harness/commands/terminal.hpp"

#include <doctest/doctest.h>

#include "reports/writers/columns.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("a line of progress fits the terminal, and shows progress in a narrow one too") {
    const std::string what =
        "[1/327] registry/intern_vs_last_release weak_registry+strings_freed_first 4 threads";
    const std::string progress = "123456 executions, 12.3 s";
    CHECK(progress_text(what, progress, 200) == what + ": " + progress);
    CHECK(progress_text(what, "", 200) == what);
    for (std::size_t width = 10; width < 200; ++width) {
        CAPTURE(width);
        const auto line = progress_text(what, progress, width);
        CHECK(reports::display_width(line) <= width);
        CHECK(line.find(progress.substr(0, std::min(width - 1, std::size_t{9}))) != line.npos);
        CHECK(reports::display_width(progress_text(what, "", width)) <= width);
    }
    CHECK(progress_text(what, progress, 40) == "[1/327] regi…: 123456 executions, 12.3 s");
}

}  // namespace
}  // namespace revenant::harness
