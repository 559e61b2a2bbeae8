#include "harness/search/minimise.hpp"

#include <doctest/doctest.h>

#include "harness/search/critical_pair.hpp"
#include "harness/search/fewer_threads.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/search_row.hpp"

namespace revenant::harness {
namespace {

Run run_of(const reports::Row& row) {
    return {scenarios::find_entry(row.scenario, row.implementation), row.threads};
}

reports::Row replayed(const std::string& schedule) {
    const auto row = replay(schedule);
    REQUIRE_MESSAGE(row, row.error());
    REQUIRE(row->outcome.finding);
    return *row;
}

TEST_CASE("the legacy bug comes out with one preemption") {
    for (const auto* const schedule : {"rv1:registry/intern_vs_last_release:legacy_registry:2:v:0,1,0,1*2",
                                       "rv1:registry/intern_vs_last_release:legacy_registry:2:v:1,0*2,1*2"}) {
        const auto row = replayed(schedule);
        const auto small = minimised(run_of(row), row.outcome);
        CHECK(switches_in(small.trace) == 1);
        CHECK(is_same_finding(*small.finding, *row.outcome.finding));
    }
    const auto found =
        search_row({scenarios::find_entry("registry/intern_vs_last_release", "legacy_registry"), 2}, {});
    CHECK(switches_in(found.outcome.trace) == 1);
}

TEST_CASE("minimising never changes the finding, and never makes it larger") {
    int findings = 0;
    for (const auto strategy : {StrategyName::random, StrategyName::full}) {
        SearchSettings settings;
        settings.strategy = strategy;
        settings.seed = 3;
        settings.budget_executions = 2000;
        for (const auto& entry : scenarios::entries()) {
            const unsigned threads = strategy == StrategyName::full ? 2 : 3;
            if (entry.claim.verdict(threads) != model::Verdict::broken) continue;
            const auto row = search_row({&entry, threads}, settings);  // which minimises
            if (!row.outcome.finding) continue;
            ++findings;
            const auto text = model::to_text(row.outcome.schedule);
            CAPTURE(text);
            const auto again = minimised({&entry, threads}, row.outcome);
            CHECK(is_same_finding(*again.finding, *row.outcome.finding));
            CHECK(switches_in(again.trace) <= switches_in(row.outcome.trace));
            const auto other = replay(text);
            REQUIRE(other);
            CHECK(is_same_finding(*other->outcome.finding, *row.outcome.finding));
            CHECK(other->outcome.trace.steps.size() == row.outcome.trace.steps.size());
        }
    }
    CHECK(findings > 80);
}

TEST_CASE("without replays a finding stays as it is") {
    const auto row = replayed("rv1:registry/intern_vs_last_release:legacy_registry:2:v:0,1,0,1*2");
    CHECK(minimised(run_of(row), row.outcome, have_same_finding, {.replays = 0}).schedule ==
          row.outcome.schedule);
    CHECK(minimised(run_of(row), row.outcome, have_same_finding, {.steps = 0}).schedule ==
          row.outcome.schedule);
}

TEST_CASE(
    "a finding of four threads that two have as well comes out with two, and one that needs three does not") {
    const auto four =
        search_row({scenarios::find_entry("registry/intern_vs_intern", "strong_registry"), 4}, {});
    const auto fewer = with_fewer_threads(run_of(four), four.outcome);
    REQUIRE(fewer);
    CHECK(fewer->schedule.threads == 2);
    const auto three = search_row(
        {scenarios::find_entry("registry/intern_vs_last_release", "weak_registry+remove_by_content"), 3}, {});
    REQUIRE(three.outcome.finding);
    CHECK_FALSE(with_fewer_threads(run_of(three), three.outcome));
}

std::string step(const reports::Row& row, int index) {
    const auto& trace = row.outcome.trace;
    const auto& taken = trace.steps[static_cast<std::size_t>(index)];
    return model::thread_name(taken.thread) + " " + trace.describe(taken);
}

TEST_CASE("the critical pair is the two steps on whose order the finding hangs") {
    struct Row {
        const char* scenario;
        const char* implementation;
        const char* first;
        const char* second;
    };
    const Row rows[] = {
        {"registry/intern_vs_last_release", "legacy_registry", "T1 config#1.strong fetch_sub 1→0",
         "T2 config#1.strong fetch_add 0→1"},
        {"registry/intern_vs_intern", "strong_registry", "T2 free config#1", "T1 config#1.is_interned load"},
    };
    for (const auto& [scenario, implementation, first, second] : rows) {
        const auto row = search_row({scenarios::find_entry(scenario, implementation), 2}, {});
        const auto pair = critical_pair(run_of(row), row.outcome);
        REQUIRE(pair);
        CHECK(step(row, pair->first) == std::string(first));
        CHECK(step(row, pair->second) == std::string(second));
    }
}

TEST_CASE("the two steps of a critical pair are of two threads, and their order matters") {
    unsigned pairs = 0;
    for (const auto& entry : scenarios::entries()) {
        if (entry.claim.verdict(2) != model::Verdict::broken) continue;
        const auto row = search_row({&entry, 2}, {});
        const auto& pair = row.outcome.critical_pair;
        if (!pair) continue;
        ++pairs;
        CAPTURE(row.scenario);
        CAPTURE(row.implementation);
        CAPTURE(step(row, pair->first));
        CAPTURE(step(row, pair->second));
        const auto& trace = row.outcome.trace;
        const auto& first = trace.steps[static_cast<std::size_t>(pair->first)];
        const auto& second = trace.steps[static_cast<std::size_t>(pair->second)];
        CHECK(first.thread >= 0);
        CHECK(second.thread >= 0);
        CHECK(first.thread != second.thread);
        const auto changes = [](const model::Operation& operation) {
            using Kind = model::OperationKind;
            const bool of_a_mutex = operation.kind == Kind::lock || operation.kind == Kind::unlock;
            return stores_value(operation) || of_a_mutex || operation.kind == Kind::fence;
        };
        const auto ends = [](const model::Operation& operation) {
            return operation.kind == model::OperationKind::free ||
                   operation.kind == model::OperationKind::retire;
        };
        const auto& a = first.operation;
        const auto& b = second.operation;
        const bool one_cell = trace.target_name(a) == trace.target_name(b) && (changes(a) || changes(b));
        const bool one_life = trace.block_of(a) == trace.block_of(b) && (ends(a) || ends(b));
        CHECK((one_cell || one_life));
    }
    CHECK(pairs > 20);
}

TEST_CASE("a finding that does not hang on one order has no critical pair") {
    const auto row =
        search_row({scenarios::find_entry("refcount/release_vs_release", "shared_ptr+relaxed_drop"), 2}, {});
    CHECK_FALSE(critical_pair(run_of(row), row.outcome));
}

}  // namespace
}  // namespace revenant::harness
