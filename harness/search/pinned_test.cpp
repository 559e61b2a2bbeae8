#include "harness/search/pinned.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace revenant::harness {
namespace {

TEST_CASE("the exhaustive search takes the pinned number of executions on each row") {
    std::ifstream file(REVENANT_PINNED);
    REQUIRE(file);
    std::istringstream actual(pinned_counts());
    std::string expected_line;
    std::string actual_line;
    int lines = 0;
    while (std::getline(file, expected_line)) {
        REQUIRE(std::getline(actual, actual_line));
        CHECK(actual_line == expected_line);
        ++lines;
    }
    CHECK_FALSE(std::getline(actual, actual_line));
    CHECK(lines > 200);
}

}  // namespace
}  // namespace revenant::harness
