// ThreadSet: a set of thread numbers, a bit each. Intersection, union and difference are those of the bits.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include <revenant/model/program.hpp>

namespace revenant::model::search {

__extension__ using ManyThreads = unsigned __int128;
using ThreadSet = std::conditional_t<(program_threads_max > 32), ManyThreads, std::uint32_t>;
inline constexpr unsigned bits_of_thread_set = 8 * sizeof(ThreadSet);
static_assert(program_threads_max <= bits_of_thread_set);

/// Requires: 0 <= thread < program_threads_max.
[[nodiscard]] constexpr ThreadSet set_of(int thread) { return ThreadSet{1} << thread; }

/// False for -1 and for any other number that is no thread's.
[[nodiscard]] constexpr bool contains(ThreadSet set, int thread) {
    return static_cast<unsigned>(thread) < bits_of_thread_set && (set & set_of(thread)) != 0;
}

[[nodiscard]] constexpr int count_of(std::uint32_t set) { return std::popcount(set); }
[[nodiscard]] constexpr int count_of(ManyThreads set) {
    return std::popcount(static_cast<std::uint64_t>(set)) +
           std::popcount(static_cast<std::uint64_t>(set >> 64));
}
/// The lowest number. Requires: set != 0.
[[nodiscard]] constexpr int first_of(std::uint32_t set) { return std::countr_zero(set); }
[[nodiscard]] constexpr int first_of(ManyThreads set) {
    const auto low = static_cast<std::uint64_t>(set);
    return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<std::uint64_t>(set >> 64));
}
/// The highest number. Requires: set != 0.
[[nodiscard]] constexpr int last_of(ThreadSet set) {
    int last = first_of(set);
    while ((set &= set - 1) != 0) last = first_of(set);
    return last;
}

/// Visits the threads by number.
template <class Visit>
constexpr void for_each(ThreadSet set, Visit visit) {
    for (; set != 0; set &= set - 1) visit(first_of(set));
}

/// The nth thread (from 0) of a set in a fixed order: the running one first, if it is in the set, then
/// the others by number. Running on first makes the first counterexample one with few switches.
/// Requires: n < count_of(set).
[[nodiscard]] constexpr int nth_thread(ThreadSet set, int running, unsigned n) {
    if (contains(set, running)) {
        if (n == 0) return running;
        set &= ~set_of(running);
        --n;
    }
    while (n-- > 0) set &= set - 1;
    return first_of(set);
}

/// The thread whose turn comes after that of `last`, in the order of their numbers and round again; `last`
/// itself only if there is no other.
[[nodiscard]] constexpr int next_in_turn(ThreadSet set, int last) {
    const auto until_last = static_cast<ThreadSet>((set_of(last) << 1) - 1);
    const auto behind = static_cast<ThreadSet>(set & ~until_last);
    return first_of(behind != 0 ? behind : set);
}

}  // namespace revenant::model::search
