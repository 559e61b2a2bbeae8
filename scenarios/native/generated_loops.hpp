// Loops that wait for other threads, for the programs of generated.cpp: locks made by hand, and flags that
// are polled, with something else in the round.
//
// A thread raises its flag at its end or before, and waits for those of threads before it, so that no wait is
// in vain. What it does to plain data may be a race: so it is in a naive search as well.
#pragma once

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include "scenarios/native/generated_shared.hpp"

namespace generated {

struct SharedLoops {
    std::array<std::atomic<int>, 2> atomics{};
    std::atomic<int> lock{0};  ///< 1: somebody goes round until it is 0 again
    int under_lock = 0;
    std::array<std::atomic<int>, 3> is_done{};
    int published = 0;  ///< before atomics[1] is 1
    int late = 0;       ///< for who sees that another thread has done its part
};

// Each in a function of its own: the first round begins with the registers that the second begins with.
using Flag = std::atomic<int>;
constexpr auto relaxed = std::memory_order_relaxed;
[[gnu::noinline]] inline void take_by_exchange(Flag& lock, std::memory_order order) {
    while (lock.exchange(1, order) != 0) {
    }
}
[[gnu::noinline]] inline void take_once_free(Flag& lock, std::memory_order order) {
    do {
        while (lock.load(relaxed) != 0) {
        }
    } while (lock.exchange(1, order) != 0);
}
[[gnu::noinline]] inline void take_by_compare(Flag& lock, std::memory_order order) {
    for (int free = 0; !lock.compare_exchange_strong(free, 1, order, relaxed); free = 0) {
    }
}
[[gnu::noinline]] inline void wait(Flag& flag, std::memory_order order) {
    while (flag.load(order) == 0) {
    }
}
[[gnu::noinline]] inline int wait_and_load(Flag& flag, Flag& other, std::memory_order order) {
    int seen = 0;
    while (flag.load(order) == 0) seen = other.load(relaxed);
    return seen;
}
[[gnu::noinline]] inline bool wait_or_leave(Flag& flag, Flag& other, std::memory_order order) {
    while (flag.load(order) == 0) {
        if (other.load(order) == 1) return true;
    }
    return false;
}
[[gnu::noinline]] inline void wait_and_store(Flag& flag, Flag& other, std::memory_order order) {
    while (flag.load(order) == 0) other.store(other.load(relaxed), relaxed);
}
[[gnu::noinline]] inline void wait_and_exchange(Flag& flag, Flag& other, std::memory_order order) {
    while (flag.load(relaxed) == 0) other.exchange(1, order);
}
[[gnu::noinline]] inline void wait_and_read(Flag& flag, const volatile int& data, std::memory_order order) {
    while (flag.load(order) == 0) {
        [[maybe_unused]] const int read = data;
    }
}
[[gnu::noinline]] inline void wait_and_write(Flag& flag, volatile int& data, std::memory_order order) {
    while (flag.load(order) == 0) data = 0;
}
[[gnu::noinline]] inline void wait_and_fence(Flag& flag, std::memory_order order) {
    while (flag.load(relaxed) == 0) std::atomic_thread_fence(order);
}
[[gnu::noinline]] inline void wait_and_yield(Flag& flag, std::memory_order order) {
    while (flag.load(order) == 0) std::this_thread::yield();
}
// Each round has another state.
[[gnu::noinline]] inline bool wait_for_a_while(Flag& flag, std::memory_order order) {
    for (int rounds = 0; flag.load(order) == 0; ++rounds) {
        if (rounds == 3) return false;
    }
    return true;
}
[[gnu::noinline]] inline void wait_for_both(Flag& flag, Flag& other, std::memory_order order) {
    do {
        wait(other, relaxed);
    } while (flag.load(order) == 0);
}

inline void wait_somehow(SharedLoops& shared, Dice& dice, Flag& flag, std::string& seen) {
    const auto order = load_order(dice);
    auto& other = shared.atomics[dice.below(2)];
    switch (dice.below(15)) {
        case 0: return wait(flag, order);
        case 1: seen += std::to_string(wait_and_load(flag, other, order)); return;
        case 2:
        case 11:
        case 12: seen += wait_or_leave(flag, other, order) ? "<" : ""; return;
        case 3: return wait_and_store(flag, other, order);
        case 4: return wait_and_exchange(flag, other, order);
        case 5:
        case 6: return wait_and_read(flag, shared.late, order);
        case 7: return wait_and_write(flag, shared.late, order);
        case 8: return wait_and_fence(flag, dice.below(2) == 0 ? std::memory_order_seq_cst : order);
        case 9: return wait_and_yield(flag, order);
        case 10: return wait_for_both(flag, shared.is_done[0], order);
        default: seen += wait_for_a_while(flag, order) ? "" : "~"; return;
    }
}

inline void lock_somehow(SharedLoops& shared, Dice& dice, std::string& seen) {
    const auto order = dice.below(4) == 0 ? std::memory_order_seq_cst : std::memory_order_acquire;
    switch (dice.below(3)) {
        case 0: take_by_exchange(shared.lock, order); break;
        case 1: take_once_free(shared.lock, order); break;
        default: take_by_compare(shared.lock, order); break;
    }
    seen += std::to_string(shared.under_lock++);
    shared.lock.store(0, dice.below(8) == 0 ? relaxed : std::memory_order_release);
}

inline void say_what_comes_of_it(SharedLoops& shared, Dice& dice, const Flag& other, std::string& seen) {
    if (other.load(dice.below(3) == 0 ? load_order(dice) : relaxed) == 0) return;
    switch (dice.below(4)) {
        case 0:
            if (shared.atomics[1].load(std::memory_order_acquire) == 1)
                seen += std::to_string(shared.published);
            return;
        case 1: seen += std::to_string(shared.late); return;
        default: shared.late = 1; return;
    }
}

inline void step_of_loops(SharedLoops& shared, Dice& dice, unsigned thread, unsigned threads,
                          std::string& seen) {
    auto& own = shared.is_done[thread];
    auto& other = shared.is_done[(thread + 1 + dice.below(threads - 1)) % threads];
    switch (dice.below(14)) {
        case 0:
        case 1: return lock_somehow(shared, dice, seen);
        case 2: shared.atomics[0].store(1, relaxed); return;
        case 3: seen += std::to_string(shared.atomics[dice.below(2)].load(load_order(dice))); return;
        case 4: own.store(1, store_order(dice)); return;
        case 5:
            own.store(1, store_order(dice));
            shared.atomics[dice.below(2)].store(1, store_order(dice));
            return;
        case 6:
            shared.published = 1;
            shared.atomics[1].store(1, std::memory_order_release);
            return;
        case 7:
        case 8: own.store(1, store_order(dice)); return say_what_comes_of_it(shared, dice, other, seen);
        case 9: return say_what_comes_of_it(shared, dice, other, seen);
        default:
            if (thread != 0) return wait_somehow(shared, dice, shared.is_done[dice.below(thread)], seen);
            own.store(1, store_order(dice));
            return;
    }
}

}  // namespace generated
