// What an execution may have before it is broken off.
#pragma once

#include <cstdint>
#include <limits>

#include "model/search/execution.hpp"

namespace revenant::model::native {

/// Steps of one execution. A clock counts no further than to 65,535.
inline constexpr unsigned steps_max = 60'000;
static_assert(steps_max < std::numeric_limits<search::Clock::value_type>::max());
/// … and a thread's plain accesses between two steps. Whoever has more waits for another one's, in vain.
inline constexpr std::uint64_t unseen_max = std::uint64_t{1} << 24;
/// … of which so many take as long as some hundred steps: by then it is time to look at the budget's.
inline constexpr std::uint64_t accesses_per_look = std::uint64_t{1} << 18;
/// … if there is nobody else who could end that.
inline constexpr std::uint64_t unseen_alone_max = std::uint64_t{1} << 30;
/// A thread that yields mostly waits, and counts as one that has made so many.
inline constexpr std::uint64_t unseen_of_a_yield = 64;

}  // namespace revenant::model::native
