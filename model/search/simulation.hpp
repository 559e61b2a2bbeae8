// Simulation: for tests of strategies: threads of visible steps, run without a memory model.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

/// What a thread does, a letter a step: `.` nothing of note, `2` to `9` a stale read of so many values,
/// `f` a step that may fail spuriously, `L` takes the one mutex, and `.`, `2`, … under it until `U` gives it
/// back in the same step as what follows; `y` a step behind which the thread yields.
using Bodies = std::vector<std::string>;

/// How an execution went: for each step the thread's letter (a, b, …) and its data choice.
struct Walk {
    std::string text;
    unsigned preemptions = 0;
    friend bool operator==(const Walk&, const Walk&) = default;
    friend auto operator<=>(const Walk&, const Walk&) = default;
};

class Simulation {
public:
    explicit Simulation(Bodies bodies) : bodies_(std::move(bodies)), at_(bodies_.size(), 0) {}

    [[nodiscard]] ThreadSet runnable() const {
        ThreadSet set = 0;
        for (std::size_t t = 0; t < bodies_.size(); ++t) {
            const bool ended = at_[t] == bodies_[t].size();
            if (!ended && (bodies_[t][at_[t]] != 'L' || holder_ < 0)) set |= set_of(static_cast<int>(t));
        }
        return set;
    }
    /// How many answers the next step of a thread offers, and to what.
    [[nodiscard]] unsigned count(int thread) const {
        const char letter = next(thread);
        if (letter == 'f') return 2;
        return letter >= '2' && letter <= '9' ? static_cast<unsigned>(letter - '0') : 1;
    }
    [[nodiscard]] ChoiceKind kind(int thread) const {
        return next(thread) == 'f' ? ChoiceKind::spurious_failure : ChoiceKind::stale_read;
    }
    void step(int thread, unsigned value) {
        const bool leaves_another = running_ != thread && contains(runnable(), running_);
        walk_.preemptions += leaves_another ? 1 : 0;
        walk_.text += static_cast<char>('a' + thread);
        if (count(thread) > 1) walk_.text += std::to_string(value);
        if (next(thread) == 'L') holder_ = thread;
        has_yielded_ = next(thread) == 'y';
        auto& at = at_[static_cast<std::size_t>(thread)];
        ++at;
        const auto& body = bodies_[static_cast<std::size_t>(thread)];
        for (; at < body.size() && body[at] == 'U'; ++at) holder_ = -1;
        running_ = thread;
    }
    [[nodiscard]] const Walk& walk() const { return walk_; }
    [[nodiscard]] int running() const { return running_; }
    /// Whether the running thread has yielded since its last step.
    [[nodiscard]] bool has_yielded() const { return has_yielded_; }

private:
    [[nodiscard]] char next(int thread) const {
        const auto t = static_cast<std::size_t>(thread);
        return bodies_[t][at_[t]];
    }

    Bodies bodies_;
    std::vector<std::size_t> at_;
    int holder_ = -1;
    int running_ = -1;
    bool has_yielded_ = false;
    Walk walk_;
};

/// One execution under a strategy, announced and performed as the model does it.
inline Walk run(const Bodies& bodies, Strategy& strategy) {
    strategy.execution.begin(strategy.kept());
    strategy.begin();
    Simulation simulation(bodies);
    const auto all = simulation.runnable();
    int running = -1;
    for (std::size_t i = 0; i < bodies.size(); ++i) {  // each thread to where its first step begins
        running = strategy.next_thread(all, running);
        strategy.execution.announce(running, {AccessKind::write, static_cast<CellId>(running), no_id});
    }
    while (const auto runnable = simulation.runnable()) {
        strategy.gives_way = simulation.has_yielded();
        running = strategy.next_thread(runnable, running);
        strategy.execution.perform(running, {AccessKind::write, static_cast<CellId>(running), no_id});
        const auto count = simulation.count(running);
        simulation.step(running, count > 1 ? strategy.choose(simulation.kind(running), count) : 0);
    }
    return simulation.walk();
}

/// Every execution, by recursion and without a strategy; sorted.
inline void enumerate(const Simulation& from, std::vector<Walk>& walks) {
    const auto runnable = from.runnable();
    if (runnable == 0) walks.push_back(from.walk());
    for (ThreadSet left = runnable; left != 0; left &= left - 1) {
        const int thread = first_of(left);
        for (unsigned value = 0; value < from.count(thread); ++value) {
            auto then = from;
            then.step(thread, value);
            enumerate(then, walks);
        }
    }
}
inline std::vector<Walk> all_walks(const Bodies& bodies) {
    std::vector<Walk> walks;
    enumerate(Simulation(bodies), walks);
    std::sort(walks.begin(), walks.end());
    return walks;
}

}  // namespace revenant::model::search
