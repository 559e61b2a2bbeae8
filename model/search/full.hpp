// FullSearch: every interleaving and every data choice, depth first. The baseline.
//
// The choices of an execution are the digits of an odometer: the last one that can still advance does,
// and all behind it start from 0. This is the search of Relacy's full_search_scheduler, over the
// same tree; a test compares the numbers of executions.
#pragma once

#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

class FullSearch final : public Strategy {
public:
    [[nodiscard]] std::string_view name() const override { return "full"; }
    void begin() override { depth_ = 0; }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        const auto count = static_cast<unsigned>(std::popcount(runnable));
        return nth_thread(runnable, running, count == 1 ? 0 : digit(count));
    }
    [[nodiscard]] unsigned choose(ChoiceKind, unsigned count) override { return digit(count); }
    [[nodiscard]] bool advance() override {
        while (!digits_.empty() && digits_.back().value + 1 == digits_.back().count) {
            digits_.pop_back();
        }
        if (digits_.empty()) return false;
        ++digits_.back().value;
        return true;
    }
    [[nodiscard]] bool is_exhaustive() const override { return true; }

private:
    struct Digit {
        unsigned value;
        unsigned count;
    };

    unsigned digit(unsigned count) {
        if (depth_ == digits_.size()) digits_.push_back({0, count});
        return digits_[depth_++].value;
    }

    std::vector<Digit> digits_;
    std::size_t depth_ = 0;
};

}  // namespace revenant::model::search
