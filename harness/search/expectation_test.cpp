#include "harness/search/expectation.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "reports/made_row.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;
using model::Verdict;
using reports::broken_row;
using scenarios::Claim;
using scenarios::Entry;

const Entry& fetch_add() {
    const auto* const entry = scenarios::find_entry("tutorial/lost_update", "fetch_add");
    REQUIRE(entry != nullptr);
    return *entry;
}

model::Outcome outcome_of(Verdict verdict) {
    model::Outcome outcome;
    outcome.verdict = verdict;
    return outcome;
}

model::Outcome broken_by(FindingKind kind) {
    auto outcome = broken_row().outcome;
    outcome.finding->kind = kind;
    return outcome;
}

// A data race whose later step is of this kind.
model::Outcome race_at(model::OperationKind kind) {
    auto outcome = broken_by(FindingKind::data_race);
    outcome.trace.steps[static_cast<std::size_t>(outcome.finding->step)].operation.kind = kind;
    return outcome;
}

TEST_CASE("a search is expected to say what is claimed, or undecided where it cannot finish") {
    const Claim correct{};
    const Claim broken{2, {FindingKind::leak}};
    const Claim broken_from_3{3, {FindingKind::leak}};
    constexpr auto dpor = StrategyName::dpor;
    constexpr auto full = StrategyName::full;
    constexpr auto random = StrategyName::random;
    constexpr auto bounded = StrategyName::bounded;
    constexpr auto pct = StrategyName::pct;
    struct Row {
        const char* what;
        const Claim& claim;
        unsigned threads;
        StrategyName strategy;
        Verdict expected;
    };
    const Row rows[] = {
        {"correct, dpor", correct, 4, dpor, Verdict::correct},
        {"correct, dpor, too many threads", correct, 5, dpor, Verdict::undecided},
        {"broken, dpor", broken, 5, dpor, Verdict::broken},
        {"correct, finishes", correct, 2, full, Verdict::correct},
        {"correct, too many threads", correct, 3, full, Verdict::undecided},
        {"correct, random never finishes", correct, 2, random, Verdict::undecided},
        {"correct, the bound may leave something out", correct, 2, bounded, Verdict::undecided},
        {"correct, pct never finishes", correct, 2, pct, Verdict::undecided},
        {"broken, bounded", broken, 2, bounded, Verdict::broken},
        {"broken, pct", broken, 2, pct, Verdict::broken},
        {"broken", broken, 2, full, Verdict::broken},
        {"broken, more threads", broken, 5, full, Verdict::broken},
        {"broken, random", broken, 3, random, Verdict::broken},
        {"not yet broken", broken_from_3, 2, full, Verdict::correct},
        {"not yet broken, random", broken_from_3, 2, random, Verdict::undecided},
        {"just broken", broken_from_3, 3, full, Verdict::broken},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.what));
        auto entry = fetch_add();
        entry.claim = row.claim;
        CHECK(expected_verdict({&entry, row.threads}, row.strategy) == row.expected);
    }
}

TEST_CASE("an outcome is as expected by its verdict, and a broken one by its kind too") {
    const Claim correct{};
    const Claim invariant{2, {FindingKind::leak, FindingKind::invariant}};
    const Claim use{2, {FindingKind::use_after_free}};
    const Claim revival{2, {FindingKind::resurrection}};
    auto later = broken_by(FindingKind::use_after_free);
    later.schedule.revivals_pass = true;
    struct Row {
        const char* what;
        model::Outcome outcome;
        const Claim& claim;
        Verdict expected;
        bool as_expected;
    };
    const Row rows[] = {
        {"undecided as expected", outcome_of(Verdict::undecided), correct, Verdict::undecided, true},
        {"undecided, broken expected", outcome_of(Verdict::undecided), use, Verdict::broken, false},
        {"undecided, correct expected", outcome_of(Verdict::undecided), correct, Verdict::correct, false},
        {"correct as expected", outcome_of(Verdict::correct), correct, Verdict::correct, true},
        {"correct, no more than undecided expected", outcome_of(Verdict::correct), correct,
         Verdict::undecided, true},
        {"correct, broken expected", outcome_of(Verdict::correct), use, Verdict::broken, false},
        {"one of the kinds", broken_by(FindingKind::invariant), invariant, Verdict::broken, true},
        {"another kind", broken_by(FindingKind::deadlock), invariant, Verdict::broken, false},
        {"broken, correct expected", broken_by(FindingKind::invariant), invariant, Verdict::correct, false},
        {"weaker evidence of a use after free", race_at(model::OperationKind::free), use, Verdict::broken,
         true},
        {"the same by a destroy", race_at(model::OperationKind::retire), use, Verdict::broken, true},
        {"a race of something else", race_at(model::OperationKind::write), use, Verdict::broken, false},
        {"weaker evidence of something else", race_at(model::OperationKind::free), invariant, Verdict::broken,
         false},
        {"what a revived count leads to", later, revival, Verdict::broken, true},
        {"the same where no revival is claimed", later, invariant, Verdict::broken, false},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.what));
        CHECK(is_as_expected(row.outcome, row.claim, row.expected) == row.as_expected);
    }
}

TEST_CASE("an unordered destroy is a data race whose later step ends a life") {
    CHECK(is_unordered_destroy(race_at(model::OperationKind::free)));
    CHECK(is_unordered_destroy(race_at(model::OperationKind::retire)));
    CHECK_FALSE(is_unordered_destroy(race_at(model::OperationKind::read)));
    CHECK_FALSE(is_unordered_destroy(broken_by(FindingKind::use_after_free)));
    CHECK_FALSE(is_unordered_destroy(outcome_of(Verdict::correct)));
}

TEST_CASE("a verdict in words names the kind of what was found") {
    CHECK(verdict_in_words(broken_row()) == "broken: resurrection");
    const auto row = [](Verdict verdict) { return reports::row_without_finding(verdict, verdict, true); };
    CHECK(verdict_in_words(row(Verdict::correct)) == "correct");
    CHECK(verdict_in_words(row(Verdict::undecided)) == "undecided");
}

TEST_CASE("what the catalogue claims of a scenario names every implementation of it, and no other") {
    using Verdicts = std::vector<std::pair<std::string, std::string>>;
    CHECK(claimed_verdicts("tutorial/lost_update", 2) ==
          Verdicts{{"load_then_store", "broken: invariant"}, {"fetch_add", "correct"}});
    CHECK(claimed_verdicts("no/such", 2).empty());
    const auto changed_with_threads = std::ranges::any_of(scenarios::scenarios(), [](const auto& scenario) {
        const std::string id(scenario.id);
        return claimed_verdicts(id, 2) != claimed_verdicts(id, 4);
    });
    CHECK(changed_with_threads);
}

}  // namespace
}  // namespace revenant::harness
