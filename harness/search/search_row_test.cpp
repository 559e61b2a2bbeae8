#include "harness/search/search_row.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <memory>
#include <string>

#include "harness/search/expectation.hpp"
#include "harness/search/stale_reads.hpp"
#include "model/relacy/platform.hpp"
#include "model/stopwatch.hpp"
#include "model/threads/script.hpp"
#include "reports/writers/facts.hpp"
#include "reports/writers/json.hpp"

namespace revenant::harness {
namespace {

using model::Ending;
using model::FindingKind;
using model::Verdict;
using scenarios::Claim;
using scenarios::Entry;

// The two entries of the tutorial: the first breaks an invariant in a few executions, the second is right.
const Entry& lost_update() {
    const auto* const entry = scenarios::find_entry("tutorial/lost_update", "load_then_store");
    REQUIRE(entry != nullptr);
    return *entry;
}
const Entry& fetch_add() {
    const auto* const entry = scenarios::find_entry("tutorial/lost_update", "fetch_add");
    REQUIRE(entry != nullptr);
    return *entry;
}

SearchSettings with_strategy(StrategyName strategy) {
    SearchSettings settings;
    settings.strategy = strategy;
    return settings;
}

TEST_CASE("the portfolio's proof is dpor's, and its findings are of the same kind") {
    const auto* const entry = scenarios::find_entry("registry/replace_vs_remove", "weak_registry");
    REQUIRE(entry != nullptr);
    for (const auto& run : {Run{entry, 3}, Run{&lost_update(), 2}}) {
        CAPTURE(std::string(run.entry->scenario));
        const auto alone = search_row(run, with_strategy(StrategyName::dpor));
        const auto portfolio = search_row(run, with_strategy(StrategyName::portfolio));
        CHECK(portfolio.outcome.executions_complete == alone.outcome.executions_complete);
        CHECK(portfolio.outcome.verdict == alone.outcome.verdict);
        CHECK(portfolio.outcome.exhaustive == alone.outcome.exhaustive);
        CHECK(portfolio.as_expected);
    }
}

TEST_CASE("a portfolio keeps to its executions, and says what each of its strategies has done") {
    const auto* const entry = scenarios::find_entry("registry/replace_vs_remove", "weak_registry");
    REQUIRE(entry != nullptr);
    auto settings = with_strategy(StrategyName::portfolio);
    settings.budget_executions = 1000;
    const auto row = search_row({entry, 3}, settings);
    CHECK(row.outcome.verdict == Verdict::undecided);
    CHECK(row.outcome.ending == Ending::execution_budget);
    CHECK(row.outcome.executions_complete + row.outcome.executions_blocked == 1000);
    CHECK(row.outcome.covered.starts_with("dpor 768 executions"));  // 256, and 512 after the others
    CHECK(row.outcome.covered.find("pct 104, random 64 and bounded 64 executions") != std::string::npos);
}

TEST_CASE("a row is as expected when verdict and kind agree with the claim") {
    const Claim correct{};
    const Claim invariant{2, {FindingKind::leak, FindingKind::invariant}};
    const Claim leak{2, {FindingKind::leak}};
    const Claim from_3{3, {FindingKind::invariant}};
    struct Row {
        const char* what;
        const Entry& entry;
        const Claim& claim;
        unsigned threads;
        Verdict verdict;
        bool as_expected;
    };
    const Row rows[] = {
        {"broken as claimed", lost_update(), invariant, 2, Verdict::broken, true},
        {"broken in another way", lost_update(), leak, 2, Verdict::broken, false},
        {"broken, claimed correct", lost_update(), correct, 2, Verdict::broken, false},
        {"broken, claimed from three threads", lost_update(), from_3, 2, Verdict::broken, false},
        {"broken, claimed correct, undecided expected", lost_update(), correct, 3, Verdict::broken, false},
        {"correct as claimed", fetch_add(), correct, 2, Verdict::correct, true},
        {"correct, claimed broken", fetch_add(), invariant, 2, Verdict::correct, false},
        {"undecided as expected", fetch_add(), correct, 5, Verdict::undecided, true},
        {"undecided, claimed broken", fetch_add(), invariant, 5, Verdict::undecided, false},
    };
    SearchSettings random;  // expects undecided of what is claimed correct: a finding contradicts it
    random.strategy = StrategyName::random;
    auto contradicted = lost_update();
    contradicted.claim = from_3;
    CHECK_FALSE(search_row({&contradicted, 2}, random).as_expected);
    CHECK(search_row({&contradicted, 3}, random).as_expected);
    for (const auto& row : rows) {
        CAPTURE(std::string(row.what));
        auto entry = row.entry;
        entry.claim = row.claim;
        auto settings = with_strategy(StrategyName::full);
        if (row.verdict == Verdict::undecided) settings.budget_executions = 10;
        const auto result = search_row({&entry, row.threads}, settings);
        CHECK(result.outcome.verdict == row.verdict);
        CHECK(result.expected == expected_verdict({&entry, row.threads}, StrategyName::full));
        CHECK(result.as_expected == row.as_expected);
    }
}

TEST_CASE("a budget of executions is spent to the last one, and ends undecided") {
    for (const auto strategy : {StrategyName::full, StrategyName::random}) {
        for (const auto budget : {1u, 2u, 63u, 64u, 65u, 500u}) {
            auto settings = with_strategy(strategy);
            settings.budget_executions = budget;
            const auto row = search_row({&fetch_add(), 5}, settings);
            CHECK(row.outcome.executions_complete == budget);
            CHECK(row.outcome.ending == Ending::execution_budget);
            CHECK(row.outcome.verdict == Verdict::undecided);
            CHECK_FALSE(row.outcome.exhaustive);
            CHECK_FALSE(row.outcome.finding);
        }
    }
}

TEST_CASE("a search that comes to its end within the budget is exhaustive, also at the last execution") {
    auto settings = with_strategy(StrategyName::full);
    const auto all = search_row({&fetch_add(), 2}, settings).outcome.executions_complete;
    REQUIRE(all > 1);
    settings.budget_executions = all;
    CHECK(search_row({&fetch_add(), 2}, settings).outcome.verdict == Verdict::correct);
    settings.budget_executions = all - 1;
    CHECK(search_row({&fetch_add(), 2}, settings).outcome.verdict == Verdict::undecided);
}

TEST_CASE("a search that cannot finish has a budget without being given one") {
    const auto row = search_row({&fetch_add(), 2}, with_strategy(StrategyName::random));
    CHECK(row.outcome.executions_complete == default_executions);
    CHECK(row.as_expected);
}

TEST_CASE("a row has a budget without being given one, unless its search is shared or to be gone on with") {
    const Run run{&fetch_add(), 3};
    constexpr auto no_limit = std::numeric_limits<std::uint64_t>::max();
    SearchSettings settings;
    CHECK(executions_of_a_row(run, settings) == default_executions_to_finish);
    CHECK(executions_of_a_row({&fetch_add(), 5}, settings) == default_executions);  // not known to finish
    const auto with = [&](auto set) {
        SearchSettings changed;
        set(changed);
        return executions_of_a_row(run, changed);
    };
    CHECK(with([](SearchSettings& s) { s.jobs = 8; }) == default_executions_to_finish);
    CHECK(with([](SearchSettings& s) { s.budget_executions = 7; }) == 7);
    CHECK(with([](SearchSettings& s) { s.budget_executions = 5'000'000; }) == 5'000'000);
    CHECK(with([](SearchSettings& s) { s.budget_seconds = 1; }) == no_limit);
    CHECK(with([](SearchSettings& s) { s.shard = Shard{1, 2}; }) == no_limit);
    CHECK(with([](SearchSettings& s) { s.checkpoint = "file"; }) == no_limit);
}

const Entry& entry_of(const char* scenario, const char* implementation) {
    const auto* const entry = scenarios::find_entry(scenario, implementation);
    REQUIRE(entry != nullptr);
    return *entry;
}

TEST_CASE("a bug that a switch of threads shows is shown without a stale read, by every strategy") {
    const auto& entry = entry_of("tutorial/publish_vs_read", "value_then_flag");
    for (const unsigned threads : {2u, 3u}) {
        for (const auto& kind : strategies()) {
            CAPTURE(std::string(kind.text));
            auto settings = with_strategy(kind.name);
            settings.budget_executions = 10'000;
            const auto row = search_row({&entry, threads}, settings);
            REQUIRE(row.outcome.finding);
            CHECK(stale_or_spurious(row.outcome) == 0);
            CHECK(row.outcome.finding->note.empty());
            CHECK(model::threads::script_steps(row.outcome.trace));
        }
    }
}

TEST_CASE("a bug that takes a stale read or a spurious failure says so, and how far that is known") {
    const auto& stale = entry_of("tutorial/publish_vs_read", "flag_then_value+relaxed_look");
    const auto& spurious = entry_of("tutorial/claim_vs_read", "weak_once");
    const std::string known =
        ": in every execution in which loads read the newest value and no CAS fails spuriously, all goes "
        "well.";
    for (const auto strategy : {StrategyName::dpor, StrategyName::full}) {
        const auto row = search_row({&stale, 2}, with_strategy(strategy));
        REQUIRE(row.outcome.finding);
        CHECK(row.outcome.finding->note.starts_with("It takes a stale read (step "));
        CHECK(row.outcome.finding->note.ends_with(known));
        CHECK_FALSE(row.outcome.critical_pair);  // no order of two steps mends it
    }
    const auto row = search_row({&spurious, 2}, {});
    REQUIRE(row.outcome.finding);
    CHECK(row.outcome.finding->note.starts_with("It takes a spurious failure (step "));
    CHECK(row.outcome.finding->note.ends_with(known));

    auto settings = with_strategy(StrategyName::random);
    settings.budget_executions = 500;
    const auto not_known = search_row({&stale, 2}, settings);
    REQUIRE(not_known.outcome.finding);
    CHECK(not_known.outcome.finding->note.find(
              "; 500 executions without one have gone well, and there are more.") != std::string::npos);
}

TEST_CASE("a search without stale reads proves nothing, whatever the strategy and however complete it is") {
    for (const auto strategy : {StrategyName::dpor, StrategyName::full, StrategyName::bounded}) {
        auto settings = with_strategy(strategy);
        settings.newest_only = true;
        settings.preemptions = 9;  // none is left out
        const auto row = search_row({&fetch_add(), 2}, settings);
        CHECK(row.outcome.verdict == Verdict::undecided);
        CHECK(row.outcome.ending == Ending::exhausted);
        CHECK_FALSE(row.outcome.exhaustive);
        CHECK(row.as_expected);
        CHECK(reports::exhaustive_text(row) == "newest only");
        CHECK(reports::verdict_sentence(row).starts_with(
            "No execution fails in which every load reads the newest"));
        CHECK(row.strategy.ends_with(" --no-stale"));

        CHECK(search_row({&lost_update(), 2}, settings).as_expected);
        const auto& stale = entry_of("tutorial/publish_vs_read", "flag_then_value+relaxed_look");
        const auto without = search_row({&stale, 2}, settings);
        CHECK(without.outcome.verdict == Verdict::undecided);
        CHECK(without.as_expected);
    }
}

TEST_CASE("a loop that spins is a finding in seconds, with two executions or without a budget") {
    struct Spin final : model::Program {
        using P = model::relacy::relacy_platform;
        void setup() override { flag = P::make<P::atomic<int>>("flag", 0); }
        void thread(unsigned index) override {
            while (index == 0 && flag->load(std::memory_order::acquire) == 0) continue;
        }
        void teardown() override { P::destroy(flag); }
        P::atomic<int>* flag = nullptr;
    };
    struct Counting final : model::Program {
        using P = model::relacy::relacy_platform;
        void setup() override { count = P::make<P::atomic<int>>("count", 0); }
        void thread(unsigned index) override {
            while (index == 0 && count->fetch_add(1, std::memory_order::acq_rel) >= 0) continue;
        }
        void teardown() override { P::destroy(count); }
        P::atomic<int>* count = nullptr;
    };
    for (const bool counts : {false, true}) {
        auto entry = lost_update();
        entry.claim = {2, {FindingKind::livelock}};
        if (counts) {
            entry.make = [](unsigned) -> std::unique_ptr<model::Program> {
                return std::make_unique<Counting>();
            };
        } else {
            entry.make = [](unsigned) -> std::unique_ptr<model::Program> { return std::make_unique<Spin>(); };
        }
        for (const bool two : {false, true}) {
            SearchSettings settings;
            if (two) settings.budget_executions = 2;
            const model::Stopwatch watch;
            const auto row = search_row({&entry, 2}, settings);
            CHECK(row.as_expected);
            CHECK(watch.seconds() < 60);
        }
    }
}

TEST_CASE("a budget of time ends the search soon, undecided") {
    auto settings = with_strategy(StrategyName::random);
    settings.budget_seconds = 0.05;
    const auto row = search_row({&fetch_add(), 4}, settings);
    CHECK(row.outcome.ending == Ending::time_budget);
    CHECK(row.outcome.verdict == Verdict::undecided);
    CHECK(row.outcome.seconds >= 0.05);
    CHECK(row.outcome.seconds < 5);
}

TEST_CASE("a search that is asked to stop ends as interrupted") {
    const volatile std::sig_atomic_t stop = 1;
    auto settings = with_strategy(StrategyName::full);
    settings.stop = model::StopToken(stop);
    const auto row = search_row({&fetch_add(), 5}, settings);
    CHECK(row.outcome.ending == Ending::interrupted);
    CHECK(row.outcome.verdict == Verdict::undecided);
    CHECK(row.outcome.executions_complete <= 64);
}

TEST_CASE("equal settings give equal rows, but for the seconds") {
    const auto text = [](const Entry& entry, unsigned threads, const SearchSettings& settings) {
        auto row = search_row({&entry, threads}, settings);
        row.outcome.seconds = 0;
        return reports::to_json({{row}, false});
    };
    for (const auto strategy :
         {StrategyName::full, StrategyName::bounded, StrategyName::random, StrategyName::pct}) {
        auto settings = with_strategy(strategy);
        settings.budget_executions = 300;
        for (const auto* const entry : {&lost_update(), &fetch_add()}) {
            CHECK(text(*entry, 3, settings) == text(*entry, 3, settings));
        }
    }
    for (const auto strategy : {StrategyName::random, StrategyName::pct}) {
        auto one = with_strategy(strategy);
        auto two = one;
        two.seed = one.seed + 1;
        CHECK(text(lost_update(), 3, one) != text(lost_update(), 3, two));
    }
}

TEST_CASE(
    "bounded says correct if its bound left nothing out, and finds with as few preemptions as it takes") {
    auto settings = with_strategy(StrategyName::bounded);
    const auto verdict = [&](const Entry& entry, unsigned preemptions) {
        settings.preemptions = preemptions;
        return search_row({&entry, 2}, settings).outcome.verdict;
    };
    CHECK(verdict(lost_update(), 0) == Verdict::undecided);
    CHECK(verdict(lost_update(), 1) == Verdict::broken);
    CHECK(verdict(fetch_add(), 0) == Verdict::correct);  // a step for each thread: no place for a preemption
}

TEST_CASE("a finding comes with a trace and a schedule that carries the row's names") {
    const auto row = search_row({&lost_update(), 2}, with_strategy(StrategyName::full));
    REQUIRE(row.outcome.finding);
    CHECK(row.outcome.schedule.scenario == "tutorial/lost_update");
    CHECK(row.outcome.schedule.implementation == "load_then_store");
    CHECK(row.outcome.schedule.threads == 2);
    CHECK_FALSE(row.outcome.schedule.choices.empty());
    CHECK_FALSE(row.outcome.trace.steps.empty());
    CHECK(row.strategy == "full");
}

}  // namespace
}  // namespace revenant::harness
