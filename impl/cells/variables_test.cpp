// What a Platform promises of its plain data, containers, arrays and memory, of both production platforms.
#include <doctest/doctest.h>

#include <string>

#include <revenant/debug_platform.hpp>
#include <revenant/std_platform.hpp>
#include "impl/cells/test_variables.hpp"

namespace revenant {
namespace {

TEST_CASE_TEMPLATE("platform.var, guarded and allocator hold anything", P, std_platform, debug_platform) {
    int claims = 0;
    claims_of_variables<P>([&](bool holds, const char* text) {
        CHECK_MESSAGE(holds, std::string(text));
        ++claims;
    });
    CHECK(claims > 20);
}

}  // namespace
}  // namespace revenant
