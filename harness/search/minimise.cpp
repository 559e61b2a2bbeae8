#include "harness/search/minimise.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "harness/search/candidate_replay.hpp"
#include "harness/search/replay.hpp"
#include "harness/search/stale_reads.hpp"
#include "harness/search/turns.hpp"

namespace revenant::harness {
namespace {

using model::Outcome;

/// The turns from begin to end are all of one thread, and those around are not.
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
};
std::vector<Stretch> stretches_of(const Turns& turns) {
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (i == 0 || thread_of(turns[i]) != thread_of(turns[i - 1])) stretches.push_back({i, i});
        stretches.back().end = i + 1;
    }
    return stretches;
}

Turns without(const Turns& turns, Stretch stretch) {
    Turns rest(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(stretch.begin));
    rest.insert(rest.end(), turns.begin() + static_cast<std::ptrdiff_t>(stretch.end), turns.end());
    return rest;
}
// The stretch, taken out and put in again in front of the turn that had the number `before`.
Turns moved(const Turns& turns, Stretch stretch, std::size_t before) {
    auto rest = without(turns, stretch);
    if (before > stretch.begin) before -= stretch.end - stretch.begin;
    rest.insert(rest.begin() + static_cast<std::ptrdiff_t>(before),
                turns.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
                turns.begin() + static_cast<std::ptrdiff_t>(stretch.end));
    return rest;
}

// What a thread does before its first step is its own affair: it begins just before that step, or not at all.
Turns with_late_starts(const Turns& turns) {
    std::map<int, const Turn*> starts;  // of each thread; null once it has begun
    Turns late;
    for (const auto& turn : turns) {
        const auto [start, is_first] = starts.try_emplace(thread_of(turn), &turn);
        if (is_first) continue;
        if (start->second != nullptr) late.push_back(*std::exchange(start->second, nullptr));
        late.push_back(turn);
    }
    return late;
}

class Minimiser {
public:
    Minimiser(const Run& run, const Outcome& found, const IsSame& same, Patience patience)
        : run_(run), best_(found), is_same_(same), left_(patience) {}

    Outcome result() {
        static_cast<void>(improves(with_late_starts(turns_of(best_.schedule.choices))));
        while (improve()) {
        }
        return std::move(best_);
    }

private:
    static std::tuple<unsigned, unsigned, std::size_t> cost(const Outcome& outcome) {
        return {stale_or_spurious(outcome), switches_in(outcome.trace), outcome.trace.steps.size()};
    }

    // Takes the first change of the best turns that makes them better. False: there is none.
    bool improve() {
        const auto turns = turns_of(best_.schedule.choices);
        const auto stretches = stretches_of(turns);
        for (std::size_t b = 0; b < stretches.size() && !is_spent(); ++b) {
            if (improves(without(turns, stretches[b]))) return true;
            const int thread = thread_of(turns[stretches[b].begin]);
            for (std::size_t other = b + 2; other < stretches.size(); ++other) {
                if (thread_of(turns[stretches[other].begin]) != thread) continue;
                if (improves(moved(turns, stretches[b], stretches[other].begin))) return true;
                if (improves(moved(turns, stretches[other], stretches[b].end))) return true;
                break;
            }
        }
        for (std::size_t i = 0; i < turns.size() && !is_spent(); ++i) {
            if (improves(without(turns, {i, i + 1}))) return true;
        }
        return false;
    }

    [[nodiscard]] bool is_spent() const {
        return left_.replays == 0 || left_.steps < best_.trace.steps.size();
    }

    bool improves(const Turns& turns) {
        auto schedule = best_.schedule;
        schedule.choices = choices_of(turns);
        if (is_spent() || schedule.choices == best_.schedule.choices) return false;
        --left_.replays;
        CandidateReplay strategy(schedule);
        auto options = options_of(schedule);
        options.stop = strategy.stop();
        auto outcome = explore(run_, strategy, options);
        left_.steps -= std::min(left_.steps, std::max(cost_of_replay(outcome), best_.trace.steps.size()));
        const bool same = outcome.diverged_at < 0 && outcome.finding &&
                          outcome.ending != model::Ending::diverged &&
                          outcome.schedule.choices == schedule.choices && is_same_(outcome, best_);
        if (!same || cost(outcome) >= cost(best_)) return false;
        best_.schedule = std::move(schedule);
        best_.trace = std::move(outcome.trace);
        best_.steps_before_choices = std::move(outcome.steps_before_choices);
        best_.finding = std::move(outcome.finding);
        return true;
    }

    const Run& run_;
    Outcome best_;
    const IsSame& is_same_;
    Patience left_;
};

}  // namespace

bool is_same_finding(const model::Finding& a, const model::Finding& b) {
    return a.kind == b.kind && a.invariant == b.invariant;
}
bool have_same_finding(const Outcome& a, const Outcome& b) { return is_same_finding(*a.finding, *b.finding); }

std::uint64_t cost_of_replay(const Outcome& outcome) {
    constexpr std::uint64_t of_one_too_long = 50'000;
    constexpr std::uint64_t accesses_of_a_step = 4;
    const auto of_accesses = outcome.plain_accesses / accesses_of_a_step;
    if (outcome.ending == model::Ending::execution_budget) return std::max(of_one_too_long, of_accesses);
    return std::max<std::uint64_t>(outcome.trace.steps.size(), of_accesses);
}

unsigned switches_in(const model::Trace& trace) {
    unsigned switches = 0;
    int last = model::setup_thread;
    for (const auto& step : trace.steps) {
        if (step.thread < 0) continue;
        switches += last >= 0 && step.thread != last ? 1 : 0;
        last = step.thread;
    }
    return switches;
}

Outcome minimised(const Run& run, const Outcome& found, const IsSame& same, Patience patience) {
    return Minimiser(run, found, same, patience).result();
}

}  // namespace revenant::harness
