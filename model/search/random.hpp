// RandomSearch: each choice uniform and independent, from a seed. Never exhaustive: it ends by budget.
#pragma once

#include "model/search/seeded_choices.hpp"
#include "model/search/strategy.hpp"

namespace revenant::model::search {

class RandomSearch final : public Strategy {
public:
    explicit RandomSearch(std::uint64_t seed) : choices_(seed) {}

    [[nodiscard]] std::string_view name() const override { return "random"; }
    void begin() override { choices_.next_execution(); }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        return nth_thread(runnable, running, choices_.below(static_cast<unsigned>(count_of(runnable))));
    }
    [[nodiscard]] unsigned choose(ChoiceKind, unsigned count) override { return choices_.below(count); }
    [[nodiscard]] bool advance() override { return true; }
    [[nodiscard]] bool is_exhaustive() const override { return false; }
    [[nodiscard]] bool reads_deep_history() const override { return true; }

private:
    SeededChoices choices_;
};

}  // namespace revenant::model::search
