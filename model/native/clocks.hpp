// VectorClock: what comes before, in the sense of C++: for each thread, up to which of its ticks.
//
// Ticks grow from one execution to the next, so that what an earlier execution has written into the shadow is
// told by its number and need not be wiped.
#pragma once

#include <array>
#include <cstdint>

#include "model/search/execution.hpp"

namespace revenant::model::native {

inline constexpr int threads_max = search::clock_width;
using Tick = std::uint32_t;

struct VectorClock {
    std::array<Tick, threads_max> ticks{};

    [[nodiscard]] Tick operator[](int thread) const { return ticks[static_cast<std::size_t>(thread)]; }
    [[nodiscard]] Tick& operator[](int thread) { return ticks[static_cast<std::size_t>(thread)]; }
    /// Whether a thread's tick comes before.
    [[nodiscard]] bool covers(int thread, Tick tick) const { return tick <= (*this)[thread]; }
    void join(const VectorClock& other) {
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            ticks[i] = ticks[i] < other.ticks[i] ? other.ticks[i] : ticks[i];
        }
    }
};

}  // namespace revenant::model::native
