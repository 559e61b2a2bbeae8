#include "harness/search/critical_pair.hpp"

#include <algorithm>
#include <vector>

#include "harness/search/minimise.hpp"
#include "harness/search/order_matters.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/turns.hpp"
#include "model/search/guided.hpp"

namespace revenant::harness {
namespace {

// The turns with the thread of turn `held` waiting from there on, until turn `after` has been taken.
Turns turned_round(const Turns& turns, std::size_t held, std::size_t after) {
    Turns early(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(held));
    Turns late;
    for (std::size_t i = held; i < turns.size(); ++i) {
        const bool waits = i <= after && thread_of(turns[i]) == thread_of(turns[held]);
        (waits ? late : early).push_back(turns[i]);
        if (i == after) early.insert(early.end(), late.begin(), late.end());
    }
    return early;
}

/// What a thread does in a turn: the step that it was let go on for, and those on plain data behind it.
struct Steps {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// The first two steps of two turns whose order matters. Turns that share nothing hang on a third one.
std::optional<model::CriticalPair> dependent_steps(const model::Trace& trace, Steps first, Steps second) {
    for (auto i = first.begin; i < first.end; ++i) {
        for (auto j = second.begin; j < second.end; ++j) {
            const auto& a = trace.steps[i];
            const auto& b = trace.steps[j];
            if (a.thread < 0 || b.thread < 0 || !order_matters(trace, a.operation, b.operation)) continue;
            return model::CriticalPair{static_cast<int>(i), static_cast<int>(j)};
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<model::CriticalPair> critical_pair(const Run& run, const model::Outcome& found,
                                                 Patience patience) {
    const auto turns = turns_of(found.schedule.choices);
    std::vector<Steps> steps_of;
    for (std::size_t turn = 0, choice = 0; turn < turns.size(); choice += turns[turn++].size()) {
        const auto first = static_cast<std::size_t>(found.steps_before_choices[choice]);
        if (!steps_of.empty()) steps_of.back().end = first;
        steps_of.push_back({first, found.trace.steps.size()});
    }
    // An execution that was broken off, as it had too many steps, has not passed.
    const auto passes = [&](const Turns& other) {
        auto schedule = found.schedule;
        schedule.choices = choices_of(other);
        model::search::Guided strategy(schedule);
        const auto outcome = explore(run, strategy, options_of(schedule));
        patience.steps -= std::min(patience.steps, cost_of_replay(outcome));
        return !outcome.finding && outcome.ending == model::Ending::exhausted;
    };
    // These are the turns as they were, with loads that read the newest value: where that ends well, the
    // finding hangs on a stale read, and on no order of two steps.
    if (passes(turns)) return std::nullopt;
    for (std::size_t held = turns.size(); held-- > 0;) {
        for (std::size_t after = held + 1; after < turns.size(); ++after) {
            if (thread_of(turns[after]) == thread_of(turns[held])) continue;
            const auto pair = dependent_steps(found.trace, steps_of[held], steps_of[after]);
            if (!pair) continue;
            if (patience.steps < found.trace.steps.size()) return std::nullopt;
            if (passes(turned_round(turns, held, after))) return pair;
        }
    }
    return std::nullopt;
}

void add_critical_pair(reports::Row& row) {
    const auto* const entry = scenarios::find_entry(row.scenario, row.implementation);
    if (entry == nullptr || !row.outcome.finding) return;
    row.outcome.critical_pair = critical_pair({entry, row.threads}, row.outcome);
}

}  // namespace revenant::harness
