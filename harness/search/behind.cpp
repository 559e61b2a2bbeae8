#include "harness/search/behind.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

bool is_mismatched_free(const model::Outcome& outcome) {
    return outcome.finding && outcome.finding->is_mismatched_free;
}

/// Whether the search can go on as if nothing had been wrong: of what it found nothing else comes.
bool may_pass(const model::Outcome& outcome) { return is_leak(outcome) || is_mismatched_free(outcome); }

/// Whether it has not passed before.
bool let_pass(const model::Outcome& outcome, model::relacy::ExploreOptions& options) {
    return !std::exchange(is_leak(outcome) ? options.leaks_pass : options.mismatched_frees_pass, true);
}

void swap_findings(model::Outcome& first, model::Outcome& second) {
    std::swap(first.finding, second.finding);
    std::swap(first.critical_pair, second.critical_pair);
    std::swap(first.trace, second.trace);
    std::swap(first.steps_before_choices, second.steps_before_choices);
    std::swap(first.schedule, second.schedule);
}

}  // namespace

void look_behind(reports::Row& row, model::relacy::ExploreOptions options, const Searcher& searcher) {
    std::set<std::uint64_t> points;
    std::set<std::string> told;  // where: of one line there may be several instructions
    auto& whole = row.outcome;
    model::Outcome last = whole;
    if (last.finding) told.insert(last.finding->where);
    while (is_race(last) || may_pass(last)) {
        const auto known = points.size();
        points.insert(last.finding->plain_accesses.begin(), last.finding->plain_accesses.end());
        const bool is_new = may_pass(last) ? let_pass(last, options) : points.size() != known;
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
        const auto where = last.finding->where;
        const bool is_known = !told.insert(where).second;
        if (is_race(last) && (is_known || row.behind.size() >= shown_max)) {
            ++row.races_not_shown;
            continue;
        }
        last = searcher.make_readable(own, std::move(last), row.behind.size() + 1);
        if (last.finding->where != where && !told.insert(last.finding->where).second && is_race(last)) {
            ++row.races_not_shown;
            continue;
        }
        row.behind.push_back(last);
    }
}

void put_what_may_pass_last(reports::Row& row) {
    auto& behind = row.behind;
    std::vector<model::Outcome> others;
    std::vector<model::Outcome> last;
    for (auto& one : behind) (may_pass(one) ? last : others).push_back(std::move(one));
    behind = std::move(others);
    std::move(last.begin(), last.end(), std::back_inserter(behind));
    if (!may_pass(row.outcome) || behind.empty() || may_pass(behind.front())) return;
    swap_findings(row.outcome, behind.front());
    std::rotate(behind.begin(), behind.begin() + 1, behind.end());
}

}  // namespace revenant::harness
