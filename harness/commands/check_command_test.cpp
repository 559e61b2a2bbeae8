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

TEST_CASE("a row that was refused is no success, and a finding of another row is told first") {
    reports::Row fine;
    fine.as_expected = true;
    reports::Row refused;
    refused.outcome.ending = model::Ending::refused;
    reports::Row undecided;
    undecided.outcome.ending = model::Ending::time_budget;
    reports::Row broken;
    broken.outcome.verdict = model::Verdict::broken;
    CHECK(status_of({{fine}}) == exit_as_expected);
    CHECK(status_of({{fine, undecided}}) == exit_undecided);
    CHECK(status_of({{fine, refused, undecided}}) == exit_internal);
    CHECK(status_of({{fine, refused, broken}}) == exit_not_as_expected);
}

}  // namespace
}  // namespace revenant::harness
