// Replay: follows a recorded schedule, once. Where the program differs it says at which choice.
#pragma once

#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

class Replay final : public Strategy {
public:
    explicit Replay(const Schedule& schedule)
        : choices_(schedule.choices),
          deep_(schedule.deep_history),
          visible_(schedule.visible_points),
          additions_in_order_(schedule.additions_in_order) {}

    [[nodiscard]] std::string_view name() const override { return "replay"; }
    void begin() override {
        next_ = 0;
        diverged_at_ = -1;
    }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        const auto* recorded = upcoming(ChoiceKind::thread);
        if (recorded != nullptr && contains(runnable, recorded->value)) {
            ++next_;
            return recorded->value;
        }
        diverge();
        return nth_thread(runnable, running, 0);
    }
    [[nodiscard]] unsigned choose(ChoiceKind kind, unsigned count) override {
        const auto* recorded = upcoming(kind);
        if (recorded != nullptr && recorded->value < count) {
            ++next_;
            return recorded->value;
        }
        diverge();
        return 0;
    }
    [[nodiscard]] bool advance() override {
        if (next_ < choices_.size()) diverge();  // the program ended before the schedule did
        return false;
    }
    [[nodiscard]] bool is_exhaustive() const override { return false; }
    [[nodiscard]] bool reads_deep_history() const override { return deep_; }
    [[nodiscard]] bool visible_points() const override { return visible_; }
    [[nodiscard]] bool additions_commute() const override { return !additions_in_order_; }
    [[nodiscard]] int diverged_at() const override { return diverged_at_; }

private:
    // The next recorded choice if it is of this kind, or null; not taken yet, so that a divergence
    // names this choice and not the one behind it.
    [[nodiscard]] const Choice* upcoming(ChoiceKind kind) const {
        if (diverged_at_ >= 0 || next_ >= choices_.size()) return nullptr;
        return choices_[next_].kind == kind ? &choices_[next_] : nullptr;
    }
    // An execution cannot be aborted: after the first difference it is run to its end somehow.
    void diverge() {
        if (diverged_at_ < 0) diverged_at_ = static_cast<int>(next_);
    }

    std::vector<Choice> choices_;
    std::size_t next_ = 0;
    bool deep_;
    bool visible_;
    bool additions_in_order_;
    int diverged_at_ = -1;
};

}  // namespace revenant::model::search
