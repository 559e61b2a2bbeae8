#include "harness/commands/check_command.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

TEST_CASE("the choice at which a test was not deterministic is counted from one, where it is known") {
    model::Outcome outcome;
    outcome.diverged_at = 8;
    CHECK(difference_in_words(outcome) == "the same choices led to another one at choice 9");
    outcome.diverged_at = -1;  // several processes explored
    CHECK(difference_in_words(outcome) == "the same choices led to another one");
    outcome.difference = "step 3 differs";
    CHECK(difference_in_words(outcome) == "step 3 differs");
}

}  // namespace
}  // namespace revenant::harness
