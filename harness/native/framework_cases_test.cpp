#include "harness/native/framework_cases.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

using model::native::Framework;

std::vector<std::string> names_in(Framework framework, const std::string& listing) {
    std::vector<std::string> names;
    for (const auto& one : cases_in(framework, listing)) names.push_back(one.name);
    return names;
}

using Names = std::vector<std::string>;

TEST_CASE("doctest's cases go by their number in its list") {
    const std::string listing =
        "[doctest] listing all test case names\n"
        "=====\n"
        "a cache, shared\n"
        "* is no pattern\n"
        "=====\n"
        "[doctest] unskipped test cases passing the current filters: 2\n";
    CHECK(names_in(Framework::doctest, listing) == Names{"a cache, shared", "* is no pattern"});
    CHECK(cases_in(Framework::doctest, listing)[1].words == Names{"--first=2", "--last=2"});
}

TEST_CASE("a name of Catch2's means itself and no pattern") {
    const auto cases = cases_in(Framework::catch2_v2, "put, then get [late]\n\"#1\"\n");
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].words == Names{"put\\, then get \\[late\\]"});
    CHECK(cases[1].name == "#1");
}

TEST_CASE("GoogleTest's cases have the name of their suite, and those that are disabled are left out") {
    const std::string listing =
        "Running main() from ./googletest/src/gtest_main.cc\n"
        "Cache.\n"
        "  Shared\n"
        "  DISABLED_Slow\n"
        "Sizes/Cache.  # TypeParam = int\n"
        "  Grows/0  # GetParam() = 1\n"
        "DISABLED_Cache.\n"
        "  Shared\n";
    CHECK(names_in(Framework::google_test, listing) == Names{"Cache.Shared", "Sizes/Cache.Grows/0"});
    CHECK(cases_in(Framework::google_test, listing)[0].words == Names{"--gtest_filter=Cache.Shared"});
}

TEST_CASE("a failure is told with its place and its values") {
    CHECK(failure_in("[doctest] …\n=====\na.cpp:3:\nTEST CASE:  x\n\na.cpp:5: ERROR: CHECK( n == 2 ) is NOT "
                     "correct!\n  values: CHECK( 1 == 2 )\n\n=====\n") ==
          "a.cpp:5: ERROR: CHECK( n == 2 ) is NOT correct! values: CHECK( 1 == 2 )");
    CHECK(failure_in("a.cpp:5: FAILED:\n  CHECK( n == 2 )\nwith expansion:\n  1 == 2\n\n") ==
          "a.cpp:5: FAILED: CHECK( n == 2 ) with expansion: 1 == 2");
    CHECK(failure_in("a.cpp:5: Failure\nExpected equality of these values:\n  n\n    Which is: 1\n  2\n\n") ==
          "a.cpp:5: Failure Expected equality of these values: n Which is: 1 2");
    CHECK(failure_in("All is well\n").empty());
}

}  // namespace
}  // namespace revenant::harness
