// What a program gives as a time, as the model has it.
#pragma once

#include <algorithm>
#include <ctime>

#include "model/native/machine.hpp"

namespace revenant::model::native {

inline constexpr Nanoseconds nanoseconds_in_a_second = 1'000'000'000;
/// When an execution begins: later than all that the program has seen of the clock before main.
inline constinit Nanoseconds time_at_first = nanoseconds_in_a_second;

/// Whether it is one, or none was given. libc and the kernel answer EINVAL otherwise.
[[nodiscard]] inline bool is_time(const timespec* time) {
    return time == nullptr || (time->tv_nsec >= 0 && time->tv_nsec < 1'000'000'000);
}
/// … that may be slept for, or waited for in the kernel.
[[nodiscard]] inline bool is_duration(const timespec* time) {
    return is_time(time) && (time == nullptr || time->tv_sec >= 0);
}

[[nodiscard]] inline Nanoseconds nanoseconds_of(const timespec& time) {
    if (time.tv_sec < 0) return 0;
    constexpr auto seconds_max = static_cast<Nanoseconds>(1) << 33;  // some hundred years
    const auto seconds = std::min(static_cast<Nanoseconds>(time.tv_sec), seconds_max);
    return seconds * nanoseconds_in_a_second + static_cast<Nanoseconds>(time.tv_nsec);
}

/// Of a wait until a time, of whichever clock: they show the same. 0 says that a thread does not wait at all.
/// What nobody lives to see (time_point::max(), say) is no deadline.
[[nodiscard]] inline Nanoseconds deadline_at(const timespec* time) {
    constexpr auto never = static_cast<std::time_t>(1) << 32;  // seconds: 136 years
    if (time == nullptr || time->tv_sec >= never) return no_deadline;
    return std::max<Nanoseconds>(nanoseconds_of(*time), 1);
}

}  // namespace revenant::model::native
