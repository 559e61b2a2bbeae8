#include "harness/search/behind.hpp"

#include <algorithm>
#include <set>

namespace revenant::harness {
namespace {

// Each takes a search of its own; a program with more of them has one reason for all.
constexpr std::size_t findings_max = 20;

}  // namespace

void look_behind(reports::Row& row, model::relacy::ExploreOptions options, const Find& find) {
    std::set<std::uint64_t> points;
    const model::Outcome* last = &row.outcome;
    auto& whole = row.outcome;
    while (last->finding && last->finding->kind == model::FindingKind::data_race) {
        const auto known = points.size();
        points.insert(last->finding->plain_accesses.begin(), last->finding->plain_accesses.end());
        if (points.size() == known) return;  // it is of what cannot be a step
        const auto spent = whole.executions_complete + whole.executions_blocked;
        if (row.behind.size() == findings_max || spent >= options.budget_executions ||
            whole.seconds >= options.budget_seconds) {
            row.behind_ending = spent >= options.budget_executions ? model::Ending::execution_budget
                                                                   : model::Ending::time_budget;
            return;
        }
        auto own = options;
        own.plain_points.assign(points.begin(), points.end());
        own.budget_executions -= spent;
        own.budget_seconds -= whole.seconds;
        auto found = find(own);
        whole.executions_complete += found.executions_complete;
        whole.executions_blocked += found.executions_blocked;
        whole.seconds += found.seconds;
        row.behind_ending = found.ending;
        if (!found.finding) return;
        row.behind.push_back(std::move(found));
        last = &row.behind.back();
    }
}

}  // namespace revenant::harness
