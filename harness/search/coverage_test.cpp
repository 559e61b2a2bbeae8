#include "harness/search/coverage.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::harness {
namespace {

using K = model::OperationKind;

TEST_CASE("an execution without steps has nothing large") { CHECK(what_is_large({}).empty()); }

TEST_CASE("the object that most steps are on is named, and the place that a thread comes back to") {
    model::TraceBuilder made;
    const auto block = made.make(0, "queue");
    const auto head = made.cell(block, "head");
    const auto own = made.cell(block, "own");
    for (int round = 0; round < 4; ++round) made.add(0, K::store, own, 0, 1);
    const auto line = std::to_string(__LINE__ - 1);
    made.add(0, K::fetch_add, head, 0, 1);
    made.add(1, K::fetch_add, head, 1, 2);
    CHECK(what_is_large(made.trace) ==
          "Its last execution has 7 steps; 2 are on queue#1.head, which 2 threads use; T1 takes 4 at "
          "harness/search/coverage_test.cpp:" +
              line + ".");
}

TEST_CASE("what all threads only read is not large, nor is a place that is met twice") {
    model::TraceBuilder made;
    const auto block = made.make(0, "queue");
    const auto head = made.cell(block, "head");
    for (int thread = 0; thread < 2; ++thread) made.add(thread, K::load, head, 0);
    CHECK(what_is_large(made.trace) == "Its last execution has 3 steps.");
}

TEST_CASE("a complete search without a complete execution says that it has shown little") {
    model::Outcome outcome;
    outcome.exhaustive = true;
    outcome.executions_blocked = 3;
    CHECK(what_is_vacuous(outcome).starts_with("No execution comes to its end"));
    SUBCASE("one is enough") { outcome.executions_complete = 1; }
    SUBCASE("a finding speaks for itself") { outcome.finding.emplace(); }
    SUBCASE("who is not at the end does not know") { outcome.exhaustive = false; }
    CHECK(what_is_vacuous(outcome).empty());
}

}  // namespace
}  // namespace revenant::harness
