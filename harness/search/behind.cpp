#include "harness/search/behind.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace revenant::harness {
namespace {

// So many races are made readable, and shown. A program with more of them has one reason for all.
constexpr std::size_t shown_max = 20;

bool is_race(const model::Outcome& outcome) {
    return outcome.finding && outcome.ending != model::Ending::diverged &&
           outcome.finding->kind == model::FindingKind::data_race;
}

bool is_leak(const model::Outcome& outcome) {
    return outcome.finding && outcome.finding->kind == model::FindingKind::leak && lets_leaks_pass();
}

}  // namespace

void look_behind(reports::Row& row, model::relacy::ExploreOptions options, const Searcher& searcher) {
    std::set<std::uint64_t> points;
    auto& whole = row.outcome;
    model::Outcome last = whole;
    while (is_race(last) || is_leak(last)) {
        const auto known = points.size();
        points.insert(last.finding->plain_accesses.begin(), last.finding->plain_accesses.end());
        const bool is_new = is_leak(last) ? !std::exchange(options.leaks_pass, true) : points.size() != known;
        if (!is_new) return;  // it is of what cannot be a step
        const auto spent = whole.executions_complete + whole.executions_blocked;
        if (spent >= options.budget_executions || whole.seconds >= options.budget_seconds) {
            row.behind_ending = spent >= options.budget_executions ? model::Ending::execution_budget
                                                                   : model::Ending::time_budget;
            return;
        }
        auto own = options;
        own.plain_points.assign(points.begin(), points.end());
        own.budget_executions -= spent;
        own.budget_seconds -= whole.seconds;
        last = searcher.search(own);
        whole.executions_complete += last.executions_complete;
        whole.executions_blocked += last.executions_blocked;
        whole.seconds += last.seconds;
        row.behind_ending = last.ending;
        if (!last.finding) return;
        if (is_race(last) && row.behind.size() >= shown_max) {
            ++row.races_not_shown;
            continue;
        }
        last = searcher.make_readable(own, std::move(last));
        row.behind.push_back(last);
    }
}

void put_leak_last(reports::Row& row) {
    if (is_leak(row.outcome) && !row.behind.empty()) {
        auto& first = row.outcome;
        auto& second = row.behind.front();
        std::swap(first.finding, second.finding);
        std::swap(first.critical_pair, second.critical_pair);
        std::swap(first.trace, second.trace);
        std::swap(first.steps_before_choices, second.steps_before_choices);
        std::swap(first.schedule, second.schedule);
    }
    const auto leak = std::find_if(row.behind.begin(), row.behind.end(), is_leak);
    if (leak != row.behind.end()) std::rotate(leak, leak + 1, row.behind.end());
}

}  // namespace revenant::harness
