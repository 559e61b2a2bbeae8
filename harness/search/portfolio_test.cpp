// Whose turn it is, and for how long: the searches themselves are made up, and none takes any time.
#include "harness/search/portfolio.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "model/search/work_list.hpp"

namespace revenant::harness {
namespace {

struct Call {
    double seconds;
    std::uint64_t executions;
};
std::map<std::string, std::vector<Call>> calls;
bool is_slow = false;

constexpr double budget_seconds = 32;
constexpr std::uint64_t budget_executions = 4000;

std::string covered_by_all() {
    calls.clear();
    const Run run;
    SearchSettings settings;
    model::search::WorkList list;
    model::search::OwnWork work(list);
    model::search::DporWorker worker(classes_of(run, false), work);
    REQUIRE(worker.start());
    Portfolio portfolio(run, settings);
    model::relacy::ExploreOptions options;
    options.budget_seconds = budget_seconds;
    options.budget_executions = budget_executions;
    CHECK(portfolio.search(worker, options).ending == model::Ending::execution_budget);
    return portfolio.covered();
}

}  // namespace

// In place of a world's own, which this program has none of.
bool bounds_rounds() { return false; }
model::search::SymmetryClasses classes_of(const Run&, bool) { return {}; }
model::Outcome explore(const Run&, model::search::Strategy& strategy, model::relacy::ExploreOptions options) {
    auto& made = calls[std::string(strategy.name())];
    made.push_back({options.budget_seconds, options.budget_executions});
    model::Outcome outcome;
    const bool is_out_of_time = is_slow && options.budget_executions > 1;
    outcome.ending = is_out_of_time ? model::Ending::time_budget : model::Ending::execution_budget;
    outcome.executions_complete = is_out_of_time ? 1 : options.budget_executions;
    return outcome;
}

TEST_CASE("fast executions are shared out by their number") {
    is_slow = false;
    const auto covered = covered_by_all();
    // 256 and thrice 64, twice as many, and twice as many again; dpor has the rest of the 4000.
    CHECK(covered.find("pct 448, random 448 and bounded 448 executions") != std::string::npos);
    REQUIRE(calls["dpor"].size() == 4);
    CHECK(calls["dpor"][0].executions == 256);
    CHECK(calls["dpor"][3].executions == 864);
    CHECK(calls["pct"][0].executions == 64);
}

TEST_CASE("of slow ones each strategy has its share of the time, and the search goes on behind it") {
    is_slow = true;
    static_cast<void>(covered_by_all());
    for (const auto* const name : {"dpor", "pct", "random", "bounded"}) {
        CAPTURE(std::string(name));
        REQUIRE(calls[name].size() > 100);
        for (const auto& call : calls[name]) {
            CHECK(call.seconds <= budget_seconds / (name == std::string("dpor") ? 8 : 32));
        }
    }
}

}  // namespace revenant::harness
