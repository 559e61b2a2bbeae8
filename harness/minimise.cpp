#include "harness/minimise.hpp"

#include <map>
#include <utility>
#include <vector>

#include "harness/replay_command.hpp"
#include "harness/search_row.hpp"
#include "model/relacy/engine.hpp"
#include "model/search/replay.hpp"

namespace revenant::harness {
namespace {

using model::Choice;
using model::ChoiceKind;
using model::Outcome;
using model::Schedule;

/// A thread's turn: the choice of it, and what was chosen within the step.
using Turn = std::vector<Choice>;
using Turns = std::vector<Turn>;

Turns turns_of(const std::vector<Choice>& choices) {
    Turns turns;
    for (const auto& choice : choices) {
        if (choice.kind == ChoiceKind::thread || turns.empty()) turns.emplace_back();
        turns.back().push_back(choice);
    }
    return turns;
}
std::vector<Choice> choices_of(const Turns& turns) {
    std::vector<Choice> choices;
    for (const auto& turn : turns) choices.insert(choices.end(), turn.begin(), turn.end());
    return choices;
}
int thread_of(const Turn& turn) { return turn.front().value; }

/// The turns from begin to end are all of one thread, and those around are not.
struct Block {
    std::size_t begin = 0;
    std::size_t end = 0;
};
std::vector<Block> blocks_of(const Turns& turns) {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (i == 0 || thread_of(turns[i]) != thread_of(turns[i - 1])) blocks.push_back({i, i});
        blocks.back().end = i + 1;
    }
    return blocks;
}

Turns without(const Turns& turns, Block block) {
    Turns rest(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(block.begin));
    rest.insert(rest.end(), turns.begin() + static_cast<std::ptrdiff_t>(block.end), turns.end());
    return rest;
}
// The block, taken out and put in again in front of the turn that had the number `before`.
Turns moved(const Turns& turns, Block block, std::size_t before) {
    auto rest = without(turns, block);
    if (before > block.begin) before -= block.end - block.begin;
    rest.insert(rest.begin() + static_cast<std::ptrdiff_t>(before),
                turns.begin() + static_cast<std::ptrdiff_t>(block.begin),
                turns.begin() + static_cast<std::ptrdiff_t>(block.end));
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
    Minimiser(const scenarios::Entry& entry, const Outcome& found, const IsSame& same, unsigned replays_max)
        : entry_(entry), best_(found), is_same_(same), replays_left_(replays_max) {}

    Outcome result() {
        static_cast<void>(improves(with_late_starts(turns_of(best_.schedule.choices))));
        while (improve()) {
        }
        return std::move(best_);
    }

private:
    static std::pair<unsigned, std::size_t> cost(const Outcome& outcome) {
        return {switches_in(outcome.trace), outcome.trace.steps.size()};
    }

    // Takes the first change of the best turns that makes them better. False: there is none.
    bool improve() {
        const auto turns = turns_of(best_.schedule.choices);
        const auto blocks = blocks_of(turns);
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            if (improves(without(turns, blocks[b]))) return true;
            const int thread = thread_of(turns[blocks[b].begin]);
            for (std::size_t other = b + 2; other < blocks.size(); ++other) {
                if (thread_of(turns[blocks[other].begin]) != thread) continue;
                if (improves(moved(turns, blocks[b], blocks[other].begin))) return true;
                if (improves(moved(turns, blocks[other], blocks[b].end))) return true;
                break;
            }
        }
        for (std::size_t i = 0; i < turns.size(); ++i) {
            if (improves(without(turns, {i, i + 1}))) return true;
        }
        return false;
    }

    bool improves(const Turns& turns) {
        auto schedule = best_.schedule;
        schedule.choices = choices_of(turns);
        if (replays_left_ == 0 || schedule.choices == best_.schedule.choices) return false;
        --replays_left_;
        model::search::Replay strategy(schedule);
        const auto program = entry_.make(schedule.threads);
        auto outcome =
            model::relacy::explore(*program, schedule.threads, strategy, options_of(entry_, schedule));
        const bool same = outcome.diverged_at < 0 && outcome.finding &&
                          outcome.schedule.choices == schedule.choices && is_same_(outcome, best_);
        if (!same || cost(outcome) >= cost(best_)) return false;
        outcome.schedule = std::move(schedule);  // with its names
        best_.schedule = std::move(outcome.schedule);
        best_.trace = std::move(outcome.trace);
        best_.finding = std::move(outcome.finding);
        return true;
    }

    const scenarios::Entry& entry_;
    Outcome best_;
    const IsSame& is_same_;
    unsigned replays_left_;
};

}  // namespace

bool is_same_finding(const model::Finding& a, const model::Finding& b) {
    return a.kind == b.kind && a.invariant == b.invariant;
}
bool have_same_finding(const Outcome& a, const Outcome& b) { return is_same_finding(*a.finding, *b.finding); }

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

Outcome minimised(const scenarios::Entry& entry, const Outcome& found, const IsSame& same,
                  unsigned replays_max) {
    return Minimiser(entry, found, same, replays_max).result();
}

std::optional<Outcome> with_fewer_threads(const scenarios::Entry& entry, const Outcome& found) {
    for (unsigned threads = model::relacy::explore_threads_min; threads < found.schedule.threads; ++threads) {
        auto row = search_row(entry, threads, {});
        if (row.outcome.finding && is_same_finding(*row.outcome.finding, *found.finding)) return row.outcome;
    }
    return std::nullopt;
}

std::optional<model::CriticalPair> critical_pair(const scenarios::Entry& entry, const Outcome& found) {
    // Which step each turn begins with is known after a replay.
    const auto& schedule = found.schedule;
    {
        model::search::Replay strategy(schedule);
        const auto program = entry.make(schedule.threads);
        static_cast<void>(
            model::relacy::explore(*program, schedule.threads, strategy, options_of(entry, schedule)));
    }
    const auto steps_before = model::relacy::last_steps_before_choices();
    const auto turns = turns_of(schedule.choices);
    std::vector<int> first_step;
    for (std::size_t turn = 0, choice = 0; turn < turns.size(); choice += turns[turn++].size()) {
        first_step.push_back(static_cast<int>(steps_before[choice]));
    }
    const auto passes = [&](const Turns& other) {
        auto turned = schedule;
        turned.choices = choices_of(other);
        return !replay_on_fix(entry, turned).outcome.finding;
    };
    // The thread of turn `held` waits from there on, until turn `after` has been taken.
    const auto turned_round = [&](std::size_t held, std::size_t after) {
        Turns early(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(held));
        Turns late;
        for (std::size_t i = held; i < turns.size(); ++i) {
            const bool waits = thread_of(turns[i]) == thread_of(turns[held]) && i <= after;
            (waits ? late : early).push_back(turns[i]);
            if (i == after) early.insert(early.end(), late.begin(), late.end());
        }
        return early;
    };
    for (std::size_t held = turns.size(); held-- > 0;) {
        for (std::size_t after = held + 1; after < turns.size(); ++after) {
            if (thread_of(turns[after]) == thread_of(turns[held])) continue;
            if (passes(turned_round(held, after)))
                return model::CriticalPair{first_step[held], first_step[after]};
        }
    }
    return std::nullopt;
}

void add_critical_pair(reports::Row& row) {
    const auto* const entry = scenarios::find_entry(row.scenario, row.implementation);
    if (entry != nullptr && row.outcome.finding)
        row.outcome.critical_pair = critical_pair(*entry, row.outcome);
}

}  // namespace revenant::harness
