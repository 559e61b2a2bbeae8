#include "reports/writers/columns.hpp"

#include <doctest/doctest.h>

#include <random>

namespace revenant::reports {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("the width of a text is its code points, not its bytes") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("1→0") == 3);
    CHECK(display_width("✗ ä€😀") == 5);
}

TEST_CASE("padding fills up to the width in columns, and never cuts") {
    CHECK(padded("ab", 4) == "ab  ");
    CHECK(padded("1→0", 5) == "1→0  ");
    CHECK(padded("✗", 2) == "✗ ");
    CHECK(padded("abcd", 4) == "abcd");
    CHECK(padded("abcde", 4) == "abcde");
    CHECK(padded("", 0).empty());
}

TEST_CASE("a text is broken at spaces where there are any, else anywhere") {
    struct Row {
        const char* text;
        std::size_t width;
        Lines lines;
    };
    const Row rows[] = {
        {"", 5, {""}},
        {"short", 5, {"short"}},
        {"one two", 5, {"one", "two"}},
        {"one two three", 7, {"one two", "three"}},
        {"one two three", 8, {"one two", "three"}},
        {"abcdefgh", 3, {"abc", "def", "gh"}},
        {"a bcdefgh", 4, {"a", "bcde", "fgh"}},
        {"1→0 2→1", 3, {"1→0", "2→1"}},
        {"→→→→→", 2, {"→→", "→→", "→"}},
        {"ab", 0, {"a", "b"}},
        {"one  two", 5, {"one ", "two"}},
        {"ends  ", 4, {"ends"}},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.text));
        CHECK(wrapped(row.text, row.width) == row.lines);
    }
}

std::string without_spaces(const std::string& text) {
    std::string rest;
    for (const char c : text) {
        if (c != ' ') rest += c;
    }
    return rest;
}

TEST_CASE("no line is wider than asked, none is cut within a character, and nothing is lost") {
    std::mt19937 generator(5);
    const Lines letters{"a", "b", "→", "ä", "😀", " ", "  "};
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (auto n = generator() % 60; n > 0; --n) text += letters[generator() % letters.size()];
        const auto width = 1 + generator() % 20;
        CAPTURE(text);
        CAPTURE(width);
        const auto lines = wrapped(text, width);
        REQUIRE_FALSE(lines.empty());
        std::string all;
        for (const auto& line : lines) {
            REQUIRE(display_width(line) <= width);
            if (!line.empty()) REQUIRE((static_cast<unsigned char>(line.front()) & 0xc0) != 0x80);
            all += line;
        }
        REQUIRE(without_spaces(all) == without_spaces(text));
    }
}

}  // namespace
}  // namespace revenant::reports
