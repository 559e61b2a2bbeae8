// PctSearch: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010).
//
// Each execution gives the threads priorities at random, and the runnable one with the highest runs. At
// depth-1 steps, drawn from all steps of the execution, the thread whose turn it is falls below all others. A
// bug that takes d ordered pairs of steps is hit with a chance of at least 1/(n·k^(d-1)) in each execution of
// depth d, with n threads and k steps. Data choices are uniform. Never exhaustive: it ends by budget. A
// thread that yields falls below all others as well, or a loop that waits for one of them would have no end.
//
// The steps of an execution are not known beforehand: k is the most that one has had so far, and the first
// has no changes.
#pragma once

#include <utility>
#include <vector>

#include "model/search/seeded_choices.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::search {

class PctSearch final : public Strategy {
public:
    /// Requires: depth >= 1.
    PctSearch(std::uint64_t seed, unsigned depth) : choices_(seed), changes_(depth - 1) {}

    [[nodiscard]] std::string_view name() const override { return "pct"; }
    void begin() override {
        choices_.next_execution();
        step_ = 0;
        lowest_ = 0;
        const auto above_changes = static_cast<int>(changes_.size());
        for (unsigned i = 0; i < clock_width; ++i) priorities_[i] = above_changes + static_cast<int>(i);
        for (unsigned i = clock_width - 1; i > 0; --i)
            std::swap(priorities_[i], priorities_[choices_.below(i + 1)]);
        for (auto& change : changes_) change = steps_max_ == 0 ? never : choices_.below(steps_max_);
    }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        if (const ThreadSet fresh = not_started(runnable)) return first_of(fresh);
        if (gives_way && running >= 0) priorities_[static_cast<std::size_t>(running)] = --lowest_;
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            if (changes_[i] != step_) continue;
            priorities_[static_cast<std::size_t>(highest(runnable))] = static_cast<int>(i);
        }
        ++step_;
        return highest(runnable);
    }
    [[nodiscard]] unsigned choose(ChoiceKind, unsigned count) override { return choices_.below(count); }
    [[nodiscard]] bool advance() override {
        steps_max_ = steps_max_ < step_ ? step_ : steps_max_;
        return true;
    }
    [[nodiscard]] bool is_exhaustive() const override { return false; }
    [[nodiscard]] bool reads_deep_history() const override { return true; }
    [[nodiscard]] bool visible_points() const override { return true; }

private:
    static constexpr unsigned never = ~0u;

    [[nodiscard]] int highest(ThreadSet threads) const {
        int best = first_of(threads);
        for (; threads != 0; threads &= threads - 1) {
            const int thread = first_of(threads);
            if (priorities_[static_cast<std::size_t>(thread)] > priorities_[static_cast<std::size_t>(best)]) {
                best = thread;
            }
        }
        return best;
    }

    SeededChoices choices_;
    /// Distinct; those of changes are below all others, and those of who has yielded below these.
    std::array<int, clock_width> priorities_{};
    int lowest_ = 0;
    std::vector<unsigned> changes_;  ///< at which step a thread falls to priority i
    unsigned step_ = 0;
    unsigned steps_max_ = 0;
};

}  // namespace revenant::model::search
