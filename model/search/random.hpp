// RandomSearch: each choice uniform and independent, from a seed. Never exhaustive: it ends by budget.
//
// Each execution has a generator of its own, seeded with (seed, number of the execution), so that an
// execution can be named by the two.
#pragma once

#include <random>

#include "model/search/strategy.hpp"

namespace revenant::model::search {

class RandomSearch final : public Strategy {
public:
    explicit RandomSearch(std::uint64_t seed) : seed_(seed) {}

    [[nodiscard]] std::string_view name() const override { return "random"; }
    void begin() override {
        std::seed_seq seeds{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32),
                            static_cast<std::uint32_t>(execution_),
                            static_cast<std::uint32_t>(execution_ >> 32)};
        generator_.seed(seeds);
        ++execution_;
    }
    [[nodiscard]] int next_thread(ThreadSet runnable, int running) override {
        return nth_thread(runnable, running, below(static_cast<unsigned>(std::popcount(runnable))));
    }
    [[nodiscard]] unsigned choose(ChoiceKind, unsigned count) override { return below(count); }
    [[nodiscard]] bool advance() override { return true; }
    [[nodiscard]] bool is_exhaustive() const override { return false; }
    [[nodiscard]] bool reads_deep_history() const override { return true; }

private:
    // The standard's distributions differ between libraries; a remainder does not. Its bias for counts
    // of a handful out of 2^32 does not matter to a search.
    unsigned below(unsigned count) { return static_cast<unsigned>(generator_() % count); }

    std::uint64_t seed_;
    std::uint64_t execution_ = 0;
    std::minstd_rand generator_;
};

}  // namespace revenant::model::search
