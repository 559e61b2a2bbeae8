// SeededChoices: random numbers for the executions of a seeded search.
//
// Each execution has a generator of its own, seeded with (seed, number of the execution), so that an
// execution can be named by the two and does not depend on how long the earlier ones were.
#pragma once

#include <cstdint>
#include <random>

namespace revenant::model::search {

class SeededChoices {
public:
    explicit SeededChoices(std::uint64_t seed) : seed_(seed) {}

    void next_execution() {
        std::seed_seq seeds{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32),
                            static_cast<std::uint32_t>(execution_),
                            static_cast<std::uint32_t>(execution_ >> 32)};
        generator_.seed(seeds);
        ++execution_;
    }
    // The standard's distributions differ between libraries; a remainder does not. Its bias for counts
    // far below 2^32 does not matter to a search.
    [[nodiscard]] unsigned below(unsigned count) { return static_cast<unsigned>(generator_() % count); }

private:
    std::uint64_t seed_;
    std::uint64_t execution_ = 0;
    std::minstd_rand generator_;
};

}  // namespace revenant::model::search
