// CandidateReplay: a schedule that may do as well as a better one. Once the program has left it, nothing that
// comes can make it count, and whoever explores it is asked to stop: behind its end a thread may go round for
// ever.
#pragma once

#include <csignal>

#include "model/search/replay.hpp"
#include "model/stop_token.hpp"

namespace revenant::harness {

class CandidateReplay final : public model::search::Strategy {
public:
    explicit CandidateReplay(const model::Schedule& schedule) : replay_(schedule) {}

    [[nodiscard]] std::string_view name() const override { return "candidate"; }
    void begin() override { replay_.begin(); }
    [[nodiscard]] int next_thread(model::search::ThreadSet runnable, int running) override {
        const int thread = replay_.next_thread(runnable, running);
        look();
        return thread;
    }
    [[nodiscard]] unsigned choose(model::ChoiceKind kind, unsigned count) override {
        const auto value = replay_.choose(kind, count);
        look();
        return value;
    }
    [[nodiscard]] bool advance() override { return replay_.advance(); }
    [[nodiscard]] bool is_exhaustive() const override { return false; }
    [[nodiscard]] bool reads_deep_history() const override { return replay_.reads_deep_history(); }
    [[nodiscard]] bool visible_points() const override { return replay_.visible_points(); }
    [[nodiscard]] bool additions_commute() const override { return replay_.additions_commute(); }
    [[nodiscard]] int diverged_at() const override { return replay_.diverged_at(); }

    /// Asked for as soon as the schedule has been left. It holds as long as this does.
    [[nodiscard]] model::StopToken stop() const { return model::StopToken(has_left_); }

private:
    void look() {
        if (replay_.diverged_at() >= 0) has_left_ = 1;
    }

    model::search::Replay replay_;
    volatile std::sig_atomic_t has_left_ = 0;
};

}  // namespace revenant::harness
