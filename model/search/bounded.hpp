// BoundedSearch: every execution with at most so many preemptions, those with fewer of them first.
//
// A preemption is a switch away from a thread that could go on. Where a thread ends, or waits for a
// mutex, a switch is none and is not bounded, nor are stale reads and spurious failures: all are explored.
// Where a thread yields, anything but the next one's turn counts as one.
// Most races need very few preemptions, and with the bound fixed the number of executions is polynomial in
// the number of steps (Musuvathi and Qadeer, PLDI 2007).
//
// Each execution with k preemptions begins like one with k-1 did, preempts behind its last one, and goes
// on without another. So the executions below the bound are kept, as their choices, until their turn
// comes; none is run twice, and the first finding is one with the fewest preemptions.
#pragma once

#include <deque>
#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

class BoundedSearch final : public Strategy {
public:
    explicit BoundedSearch(unsigned preemptions_max) : preemptions_max_(preemptions_max) {}

    [[nodiscard]] std::string_view name() const override { return "bounded"; }
    void begin() override { depth_ = 0; }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        if (const ThreadSet fresh = not_started(runnable)) return first_of(fresh);
        if (execution.stepped() == 0) running = -1;  // whoever started last has not been running yet
        const bool could_go_on = contains(runnable, running);
        return nth_thread(runnable, first_choice(runnable, running),
                          answer(static_cast<unsigned>(count_of(runnable)), could_go_on));
    }
    [[nodiscard]] unsigned choose(ChoiceKind kind, unsigned count) override {
        const unsigned value = answer(count, false);
        return kind == ChoiceKind::spurious_failure ? count - 1 - value : value;  // 0: it fails
    }
    [[nodiscard]] bool advance() override {
        if (depth_ != path_.size()) diverge();  // it ended before all that it was asked last time
        keep_if_preemptible();
        for (; path_.size() > fixed_; path_.pop_back()) {
            auto& last = path_.back();
            if (last.preempts || last.value + 1 == last.count) continue;
            ++last.value;
            known_ = path_.size();
            return true;
        }
        return next_preemption();
    }
    /// If no execution had a place for one preemption more, the bound left nothing out.
    [[nodiscard]] bool is_exhaustive() const override { return !left_out_; }
    [[nodiscard]] bool visible_points() const override { return true; }
    /// As in FullSearch: the choice at which the program turned out not to be deterministic.
    [[nodiscard]] int diverged_at() const override { return diverged_at_; }
    /// Of the execution that runs now, or ran last.
    [[nodiscard]] unsigned preemptions() const { return preemptions_; }

private:
    /// A choice with more than one answer. Where it preempts, any answer but 0 is a preemption.
    struct Point {
        std::uint8_t value;
        std::uint8_t count;
        bool preempts;
    };
    /// An execution below the bound, and how far its preemptions have been explored.
    struct Kept {
        std::vector<Point> path;
        std::size_t at;  ///< from here on: the points before are an earlier execution's too
        unsigned preemptions;
        std::uint8_t value = 0;
    };

    unsigned answer(unsigned count, bool preempts) {
        if (count == 1) return 0;
        if (depth_ == path_.size()) path_.push_back({0, static_cast<std::uint8_t>(count), preempts});
        const auto& point = path_[depth_++];
        if (point.count == count && point.preempts == preempts) return point.value;
        --depth_;
        diverge();
        return 0;
    }
    void keep_if_preemptible() {
        bool preemptible = false;
        for (auto i = known_; i < path_.size(); ++i) preemptible = preemptible || path_[i].preempts;
        if (!preemptible) return;
        if (preemptions_ == preemptions_max_) {
            left_out_ = true;
        } else {
            kept_.push_back({path_, known_, preemptions_});
        }
    }
    // In the order in which they were kept, so that the number of preemptions never falls.
    bool next_preemption() {
        for (; !kept_.empty(); kept_.pop_front()) {
            auto& kept = kept_.front();
            for (; kept.at < kept.path.size(); ++kept.at, kept.value = 0) {
                const auto& point = kept.path[kept.at];
                if (!point.preempts || kept.value + 1 == point.count) continue;
                path_.assign(kept.path.begin(), kept.path.begin() + static_cast<std::ptrdiff_t>(kept.at) + 1);
                path_.back().value = ++kept.value;
                fixed_ = known_ = path_.size();
                preemptions_ = kept.preemptions + 1;
                return true;
            }
        }
        return false;
    }
    void diverge() {
        if (diverged_at_ < 0) diverged_at_ = static_cast<int>(depth_);
    }

    unsigned preemptions_max_;
    unsigned preemptions_ = 0;
    std::vector<Point> path_;
    std::size_t depth_ = 0;
    std::size_t fixed_ = 0;  ///< the path up to its last preemption, which this round does not change
    std::size_t known_ = 0;  ///< the path up to here is that of the execution before
    std::deque<Kept> kept_;
    bool left_out_ = false;
    int diverged_at_ = -1;
};

}  // namespace revenant::model::search
