// VectorClock: what comes before, in the sense of C++: for each thread, up to which of its ticks.
//
// Ticks grow from one execution to the next, so that what an earlier execution has written into the shadow is
// told by its number and need not be wiped.
#pragma once

#include <cstdint>

#include "model/search/execution.hpp"

namespace revenant::model::native {

inline constexpr int threads_max = search::clock_width;
using Tick = std::uint32_t;

struct VectorClock {
    /// Ticks have 26 bits, or 23 where there may be 128 threads (shadow.cpp).
    using Lanes = search::Lanes<Tick, threads_max, std::int32_t>;
    Lanes::Entries ticks{};

    [[nodiscard]] Tick operator[](int thread) const { return ticks[static_cast<std::size_t>(thread)]; }
    [[nodiscard]] Tick& operator[](int thread) { return ticks[static_cast<std::size_t>(thread)]; }
    /// Whether a thread's tick comes before.
    [[nodiscard]] bool covers(int thread, Tick tick) const { return tick <= (*this)[thread]; }
    void join(const VectorClock& other) { Lanes::join(ticks, other.ticks); }
    /// … and all of the other clock's.
    [[nodiscard]] bool covers_all(const VectorClock& other) const {
        return !Lanes::any_greater(other.ticks, ticks);
    }
    /// … and one of the other clock's that are not 0.
    [[nodiscard]] bool covers_any(const VectorClock& other) const {
        return Lanes::any_within(other.ticks, ticks);
    }
};

}  // namespace revenant::model::native
