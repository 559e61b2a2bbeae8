#include "reports/printable.hpp"

#include <doctest/doctest.h>

namespace revenant::reports {
namespace {

TEST_CASE("what a terminal would obey, or what turns a line round, becomes a character that is only seen") {
    struct Row {
        std::string text;
        std::string line;
    };
    const std::string r = "\xef\xbf\xbd";
    const Row rows[] = {
        {"", ""},
        {"config#1.strong 1→0 ä 😀", "config#1.strong 1→0 ä 😀"},
        {"two\nlines\tand\r", "two" + r + "lines" + r + "and" + r},
        {std::string("a\0b", 3), "a" + r + "b"},
        {"\x1b]0;title\x07", r + "]0;title" + r},
        {"\x7f", r},
        {"\xc2\x9b"
         "2J",
         r + r + "2J"},  // CSI in one character of C1
        {"\xe2\x80\xae"
         "drow",
         r + r + r + "drow"},                                 // U+202E: right to left from here
        {"\xe2\x80\xaa\xe2\x80\xad", r + r + r + r + r + r},  // U+202A, U+202D
        {"\xe2\x81\xa6\xe2\x81\xa9", r + r + r + r + r + r},  // U+2066, U+2069
        {"\xe2\x80\x8e\xe2\x80\x8f", r + r + r + r + r + r},  // U+200E, U+200F
        {"\xe2\x80\xa8", r + r + r},                          // U+2028, a line separator
        {"\xff\xfe", r + r},
    };
    for (const auto& row : rows) {
        CAPTURE(row.line);
        CHECK(printable(row.text) == row.line);
        CHECK(is_printable(row.text) == (row.text == row.line));
        CHECK(is_printable(row.line));
        CHECK(is_printable(clean(row.text)) == (clean(row.text).find_first_of("\n\t") == std::string::npos));
    }
}

TEST_CASE("a line has an upper length, in characters, and is cut between two of them") {
    CHECK(printable("→→→", 3) == "→→→");
    CHECK(printable("→→→→", 3) == "→→→…");
    CHECK(printable("\x1b\x1b\x1b", 2) == "\xef\xbf\xbd\xef\xbf\xbd…");
    CHECK(printable(std::string(2'000'000, 'x')).size() == printable_max + 3);
}

}  // namespace
}  // namespace revenant::reports
