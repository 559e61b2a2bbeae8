// ThreadSet: a set of thread numbers, a bit each. Intersection, union and difference are those of the bits.
#pragma once

#include <bit>
#include <cstdint>

namespace revenant::model::search {

using ThreadSet = std::uint32_t;

/// Requires: 0 <= thread < 32.
[[nodiscard]] constexpr ThreadSet set_of(int thread) { return ThreadSet{1} << thread; }

/// False for -1 and for any other number that is no thread's.
[[nodiscard]] constexpr bool contains(ThreadSet set, int thread) {
    return static_cast<unsigned>(thread) < 32u && (set & set_of(thread)) != 0;
}

/// Visits the threads by number.
template <class Visit>
constexpr void for_each(ThreadSet set, Visit visit) {
    for (; set != 0; set &= set - 1) visit(std::countr_zero(set));
}

/// The nth thread (from 0) of a set in a fixed order: the running one first, if it is in the set, then
/// the others by number. Running on first makes the first counterexample one with few switches.
/// Requires: n < popcount(set).
[[nodiscard]] constexpr int nth_thread(ThreadSet set, int running, unsigned n) {
    if (contains(set, running)) {
        if (n == 0) return running;
        set &= ~set_of(running);
        --n;
    }
    while (n-- > 0) set &= set - 1;
    return std::countr_zero(set);
}

/// The thread whose turn comes after that of `last`, in the order of their numbers and round again; `last`
/// itself only if there is no other.
[[nodiscard]] constexpr int next_in_turn(ThreadSet set, int last) {
    const auto until_last = static_cast<ThreadSet>((set_of(last) << 1) - 1);
    const auto behind = static_cast<ThreadSet>(set & ~until_last);
    return std::countr_zero(behind != 0 ? behind : set);
}

}  // namespace revenant::model::search
