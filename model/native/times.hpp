// What a program gives as a time, as the model has it.
#pragma once

#include <algorithm>
#include <ctime>

#include "model/native/machine.hpp"

namespace revenant::model::native {

inline constexpr Nanoseconds nanoseconds_in_a_second = 1'000'000'000;

[[nodiscard]] inline Nanoseconds nanoseconds_of(const timespec& time) {
    if (time.tv_sec < 0) return 0;
    constexpr auto seconds_max = static_cast<Nanoseconds>(1) << 33;  // some hundred years
    const auto seconds = std::min(static_cast<Nanoseconds>(time.tv_sec), seconds_max);
    return seconds * nanoseconds_in_a_second + static_cast<Nanoseconds>(time.tv_nsec);
}

/// Of a wait until a time, of whichever clock: they show the same. 0 says that a thread does not wait at all.
[[nodiscard]] inline Nanoseconds deadline_at(const timespec* time) {
    return time == nullptr ? no_deadline : std::max<Nanoseconds>(nanoseconds_of(*time), 1);
}

}  // namespace revenant::model::native
