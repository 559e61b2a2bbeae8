#include "harness/process/machine.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

namespace revenant::harness {
namespace {

TEST_CASE("a moment is told in UTC, wherever the machine is") {
    CHECK(time_in_words(0) == "1970-01-01 00:00 UTC");
    CHECK(time_in_words(1'800'000'059) == "2027-01-15 08:00 UTC");
}

TEST_CASE("the machine is told by its name, its processors and its system") {
    char name[256] = {};
    REQUIRE(::gethostname(name, sizeof name - 1) == 0);
    const auto words = machine_in_words();
    CHECK(words.rfind(std::string(name) + ": ", 0) == 0);
    CHECK(words.find(" CPU") != words.npos);
    CHECK(words.find('\n') == words.npos);
}

}  // namespace
}  // namespace revenant::harness
