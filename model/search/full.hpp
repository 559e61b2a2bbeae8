// FullSearch: every interleaving and every data choice, depth first. The baseline.
//
// The choices of an execution are the digits of an odometer: the last one that can still advance does,
// and all behind it start from 0. This is the search of Relacy's full_search_scheduler, over the
// same tree; a test compares the numbers of executions.
#pragma once

#include <cstdint>
#include <vector>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

class FullSearch final : public Strategy {
public:
    [[nodiscard]] std::string_view name() const override { return "full"; }
    void begin() override { depth_ = 0; }
    /// A program that asks for other choices under the same answers is not deterministic: the choice.
    [[nodiscard]] int diverged_at() const override { return diverged_at_; }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        const auto count = static_cast<unsigned>(count_of(runnable));
        return nth_thread(runnable, running, count == 1 ? 0 : digit(count));
    }
    [[nodiscard]] unsigned choose(ChoiceKind, unsigned count) override { return digit(count); }
    [[nodiscard]] bool advance() override {
        // It ended before all that it was asked last time, or went another way to it.
        if (depth_ != digits_.size() || execution.differed_at() >= 0) diverge();
        while (!digits_.empty() && digits_.back().value + 1 == digits_.back().count) {
            digits_.pop_back();
        }
        if (digits_.empty()) return false;
        ++digits_.back().value;
        return true;
    }
    [[nodiscard]] bool is_exhaustive() const override { return true; }
    [[nodiscard]] bool additions_commute() const override { return false; }
    void cut_short() override { ++blocked_; }
    [[nodiscard]] std::uint64_t blocked() const override { return blocked_; }
    [[nodiscard]] std::size_t kept() const override { return digits_.empty() ? 0 : digits_.back().events; }

private:
    struct Digit {
        unsigned value;
        unsigned count;
        std::size_t events;  ///< steps that were done when it was chosen
    };

    unsigned digit(unsigned count) {
        if (depth_ == digits_.size()) digits_.push_back({0, count, execution.position()});
        if (digits_[depth_].count != count) diverge();
        const unsigned value = digits_[depth_++].value;
        return value < count ? value : 0;
    }
    void diverge() {
        if (diverged_at_ < 0) diverged_at_ = static_cast<int>(depth_);
    }

    std::vector<Digit> digits_;
    std::size_t depth_ = 0;
    int diverged_at_ = -1;
    std::uint64_t blocked_ = 0;
};

}  // namespace revenant::model::search
