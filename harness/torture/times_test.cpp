#include "harness/torture/times.hpp"

#include <doctest/doctest.h>

namespace revenant::harness::torture {
namespace {

TEST_CASE("times do not count, and whole numbers do") {
    CHECK(without_times("91  exhaustive    0.001\n") == without_times("91  exhaustive   10.046\n"));
    CHECK(without_times("\"seconds\": 1e-05 0.5e-05,") == "\"seconds\": # #,");
    CHECK(without_times("time=\"0.05\"") == without_times("time=\"12.5\""));
    CHECK(without_times("91 exhaustive") == "91 exhaustive");
    CHECK(without_times("step 9. Then 10.") == "step 9. Then 10.");
    CHECK(without_times("1234567.5 x") == " # x");
}

TEST_CASE("the first line that differs is shown from both sides") {
    CHECK_FALSE(first_difference("a\nb\n", "a\nb\n"));
    CHECK(first_difference("a\nb\n", "a\nc\n") == "line 2: `b` and `c`");
    CHECK(first_difference("a\n", "a\nc\n").has_value());
    CHECK(first_difference("", "c").has_value());
    CHECK(first_difference("\x1b\n", "\x07\n").value().find('\x1b') == std::string::npos);
}

}  // namespace
}  // namespace revenant::harness::torture
