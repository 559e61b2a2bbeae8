// Guided: one execution that goes along a schedule recorded on other code, as far as that code lets it.
//
// For the fixed twin of a broken implementation: where the fix takes the same steps the threads take the
// same turns; where a recorded thread cannot go on, another one does. A load reads the newest value and no
// CAS fails spuriously, so that real threads can follow. Behind the schedule's end the thread that came last
// gives way to the others, as the gate has it (model/replay).
#pragma once

#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

class Guided final : public Strategy {
public:
    explicit Guided(const Schedule& schedule) : visible_(schedule.visible_points) {
        for (const auto& choice : schedule.choices) {
            if (choice.kind == ChoiceKind::thread) turns_.push_back(choice.value);
        }
    }

    [[nodiscard]] std::string_view name() const override { return "guided"; }
    void begin() override { next_ = 0; }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        if (next_ < turns_.size()) {
            last_ = turns_[next_++];
            return contains(runnable, last_) ? last_ : nth_thread(runnable, running, 0);
        }
        const ThreadSet others = runnable & ~(contains(runnable, last_) ? set_of(last_) : 0);
        return nth_thread(others != 0 ? others : runnable, running, 0);
    }
    [[nodiscard]] unsigned choose(ChoiceKind kind, unsigned count) override {
        return kind == ChoiceKind::spurious_failure ? count - 1 : 0;
    }
    [[nodiscard]] bool advance() override { return false; }
    [[nodiscard]] bool is_exhaustive() const override { return false; }
    [[nodiscard]] bool visible_points() const override { return visible_; }

private:
    std::vector<int> turns_;
    std::size_t next_ = 0;
    bool visible_;
    int last_ = 0;
};

}  // namespace revenant::model::search
