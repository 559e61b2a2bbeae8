// What is done once, and has failed: an exception leaves it to the next. ThreadSanitizer's own pthread_once
// does not come back from the call after that, so its build does without.
#include <doctest/doctest.h>

#include <stdexcept>

#include <revenant/debug_platform.hpp>

namespace revenant {
namespace {

TEST_CASE_TEMPLATE("what is done once is done again if it has failed", P, std_platform, debug_platform) {
    typename P::once_flag flag;
    int done = 0;
    CHECK_THROWS_AS(P::call_once(flag, [] { throw std::runtime_error("not yet"); }), std::runtime_error);
    P::call_once(flag, [&] { ++done; });
    P::call_once(flag, [&] { ++done; });
    CHECK(done == 1);
}

}  // namespace
}  // namespace revenant
