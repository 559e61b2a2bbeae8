#include "harness/search/critical_pair.hpp"

#include <vector>

#include "harness/search/minimise.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/turns.hpp"

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

}  // namespace

std::optional<model::CriticalPair> critical_pair(const Run& run, const model::Outcome& found) {
    const auto turns = turns_of(found.schedule.choices);
    std::vector<int> first_step;
    for (std::size_t turn = 0, choice = 0; turn < turns.size(); choice += turns[turn++].size()) {
        first_step.push_back(static_cast<int>(found.steps_before_choices[choice]));
    }
    const auto passes = [&](const Turns& other) {
        auto schedule = found.schedule;
        schedule.choices = choices_of(other);
        return !replay_on_fix(*run.entry, schedule).outcome.finding;
    };
    // These are the turns as they were, with loads that read the newest value: where that ends well, the
    // finding hangs on a stale read, and on no order of two steps.
    if (passes(turns)) return std::nullopt;
    auto steps_left = replayed_steps_max;
    for (std::size_t held = turns.size(); held-- > 0;) {
        for (std::size_t after = held + 1; after < turns.size(); ++after) {
            if (thread_of(turns[after]) == thread_of(turns[held])) continue;
            if (steps_left < found.trace.steps.size()) return std::nullopt;
            steps_left -= found.trace.steps.size();
            if (passes(turned_round(turns, held, after))) {
                return model::CriticalPair{first_step[held], first_step[after]};
            }
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
