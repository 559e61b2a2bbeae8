// Small programs by seed, each a test that says what it has come to: the searches must agree on all of them.
//
// Two or three threads do a few operations each on two atomics, in any memory order, on two mutexes and what
// they guard, and fences; or they go round in loops until others have done something (generated_loops.hpp),
// or wait to be woken (generated_wakes.hpp).
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <revenant/explore.hpp>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "scenarios/native/generated_loops.hpp"
#include "scenarios/native/generated_shared.hpp"
#include "scenarios/native/generated_wakes.hpp"

namespace generated {
namespace {

constexpr std::chrono::milliseconds a_while{10};

constexpr std::memory_order any_order[] = {std::memory_order_relaxed, std::memory_order_acquire,
                                           std::memory_order_release, std::memory_order_acq_rel,
                                           std::memory_order_seq_cst};

void lock_and_add(Shared& shared, unsigned which, std::string& seen) {
    const std::lock_guard lock(shared.mutexes[which]);
    seen += std::to_string(shared.guarded[which]++);
}
void try_to_add(Shared& shared, unsigned which, std::string& seen) {
    if (!shared.mutexes[which].try_lock()) {
        seen += '-';
        return;
    }
    seen += std::to_string(shared.guarded[which]++);
    shared.mutexes[which].unlock();
}
void nest(Shared& shared, unsigned which, std::string& seen) {
    const std::lock_guard lock(shared.mutexes[which]);
    seen += std::to_string(shared.atomics[which].load(std::memory_order_relaxed));
    ++shared.guarded[which];
}

void read_shared(Shared& shared, bool with_time_out, std::string& seen) {
    std::shared_lock lock(shared.shared, std::defer_lock);
    if (with_time_out) {
        if (!lock.try_lock_for(a_while)) {
            seen += '-';
            return;
        }
    } else {
        lock.lock();
    }
    seen += std::to_string(shared.shared_data);
    seen += std::to_string(shared.atomics[0].load(std::memory_order_relaxed));
}
void write_shared(Shared& shared, bool tries, std::string& seen) {
    std::unique_lock lock(shared.shared, std::defer_lock);
    if (tries) {
        if (!lock.try_lock()) {
            seen += '-';
            return;
        }
    } else {
        lock.lock();
    }
    seen += std::to_string(shared.shared_data++);
}
void lock_for(Shared& shared, std::string& seen) {
    if (!shared.timed.try_lock_for(a_while)) {
        seen += '-';
        return;
    }
    seen += std::to_string(shared.timed_data++);
    shared.timed.unlock();
}
void take_or_give(Shared& shared, unsigned how, std::string& seen) {
    switch (how) {
        case 0: seen += shared.semaphore.try_acquire() ? '+' : '-'; return;
        case 1: seen += shared.semaphore.try_acquire_for(a_while) ? '+' : '-'; return;
        default: shared.semaphore.release(); return;
    }
}
void wait_or_notify(Shared& shared, unsigned how, std::string& seen) {
    std::unique_lock lock(shared.mutexes[0]);
    seen += std::to_string(shared.guarded[0]++);
    if (how == 0) {
        lock.unlock();
        shared.changed.notify_one();
    } else if (how == 1) {
        shared.changed.notify_all();
    } else {
        const auto status = shared.changed.wait_for(lock, a_while);
        seen += status == std::cv_status::timeout ? '-' : '+';
        seen += std::to_string(shared.guarded[0]);
    }
}

void compare_exchange(std::atomic<int>& atomic, Dice& dice, std::string& seen) {
    int expected = static_cast<int>(dice.below(2));
    const auto order = any_order[dice.below(5)];
    if (dice.below(2) == 0) {
        atomic.compare_exchange_strong(expected, 3, order, std::memory_order_relaxed);
    } else {
        atomic.compare_exchange_weak(expected, 3, order, std::memory_order_relaxed);
    }
    seen += std::to_string(expected);
}

// Nobody uses the result: such steps commute.
void add_unseen(std::atomic<int>& atomic, Dice& dice) {
    const auto order = any_order[dice.below(5)];
    const int operand = 1 + static_cast<int>(dice.below(2));
    if (dice.below(3) == 0) {
        atomic.fetch_sub(operand, order);
    } else {
        atomic.fetch_add(operand, order);
    }
}

constexpr unsigned add_kinds = 3;
constexpr unsigned addition_kinds = 6;
constexpr unsigned atomic_kinds = 9 + add_kinds;
constexpr unsigned all_kinds = 17 + add_kinds;

void step(Shared& shared, Dice& dice, unsigned kinds, std::string& seen) {
    const auto kind = dice.below(kinds);
    const auto which = dice.below(2);
    auto& atomic = shared.atomics[which];
    switch (kind) {
        case 0:
        case 1:
        case 2: seen += std::to_string(atomic.load(load_order(dice))); return;
        case 3:
        case 4: atomic.store(1 + static_cast<int>(dice.below(2)), store_order(dice)); return;
        case 5: seen += std::to_string(atomic.fetch_add(1, any_order[dice.below(5)])); return;
        case 6: seen += std::to_string(atomic.exchange(5, any_order[dice.below(5)])); return;
        case 7: return compare_exchange(atomic, dice, seen);
        case 8: std::atomic_thread_fence(any_order[1 + dice.below(4)]); return;
        case 9:
        case 10:
        case 11: return add_unseen(atomic, dice);
        case 12: return lock_and_add(shared, which, seen);
        case 13: return try_to_add(shared, which, seen);
        case 14: return read_shared(shared, which == 0, seen);
        case 15: return write_shared(shared, which == 0, seen);
        case 16: return lock_for(shared, seen);
        case 17: return take_or_give(shared, dice.below(3), seen);
        case 18: return wait_or_notify(shared, dice.below(3), seen);
        default: return nest(shared, which, seen);
    }
}

// A number that is added to, and a flag that says so without an order: who sees the flag may be late.
void step_of_additions(Shared& shared, Dice& dice, std::string& seen) {
    auto& number = shared.atomics[0];
    auto& flag = shared.atomics[1];
    constexpr auto relaxed = std::memory_order_relaxed;
    switch (dice.below(addition_kinds)) {
        case 0:
        case 1: number.fetch_add(1 + static_cast<int>(dice.below(2)), any_order[dice.below(5)]); return;
        case 2: flag.store(1, dice.below(4) == 0 ? store_order(dice) : relaxed); return;
        case 3: seen += std::to_string(flag.load(dice.below(4) == 0 ? load_order(dice) : relaxed)); return;
        default: seen += std::to_string(number.load(dice.below(4) == 0 ? load_order(dice) : relaxed)); return;
    }
}

/// What the threads have seen: by thread, or, where they are alike, in the order in which they end.
struct Seen {
    std::vector<std::string> by_thread;
    std::mutex mutex;
    std::vector<std::string> at_end;
};

void do_steps(Shared& shared, Dice own, unsigned steps, unsigned kinds, std::string& seen) {
    for (unsigned step_number = 0; step_number < steps; ++step_number) {
        if (kinds == addition_kinds) {
            step_of_additions(shared, own, seen);
        } else {
            step(shared, own, kinds, seen);
        }
    }
}

// Each thread does a few steps. What they have seen, behind the seed.
template <class DoSteps>
std::string run_threads(std::uint32_t seed, Dice& dice, unsigned threads, unsigned steps_max,
                        const DoSteps& do_all) {
    std::array<std::string, 3> seen;
    std::vector<std::thread> started;
    for (unsigned i = 0; i < threads; ++i) {
        const auto steps = 1 + dice.below(steps_max);
        started.emplace_back([&do_all, &seen, seed, i, steps] {
            Dice own(seed * 31 + i);
            std::string mine;
            do_all(own, i, steps, mine);
            seen[i] = mine;
        });
    }
    for (auto& thread : started) thread.join();
    std::string text = std::to_string(seed) + ":";
    for (const auto& one : seen) text += " " + one;
    return text;
}

// Two or three threads wait for each other.
void run_loops(std::uint32_t seed) {
    Dice dice(seed);
    SharedLoops shared;
    const auto threads = 2 + (dice.below(5) == 0 ? 1u : 0u);
    auto text = run_threads(seed, dice, threads, threads == 2 ? 3u : 1u,
                            [&](Dice& own, unsigned thread, unsigned steps, std::string& seen) {
                                while (steps-- > 0) step_of_loops(shared, own, thread, threads, seen);
                                shared.is_done[thread].store(1, store_order(own));
                            });
    for (const auto& atomic : shared.atomics) text += " " + std::to_string(atomic.load());
    text += " " + std::to_string(shared.under_lock) + " " + std::to_string(shared.late);
    revenant_observe(text.c_str());
}

// Two or three threads wait for words and wake each other. Every other program is about additions.
void run_wakes(std::uint32_t seed) {
    Dice dice(seed);
    SharedWakes shared;
    const bool is_of_rows = seed % 2 == 0;
    const auto threads = 2 + (is_of_rows || dice.below(3) == 0 ? 1u : 0u);
    auto text = run_threads(seed, dice, threads, threads == 2 || is_of_rows ? 3u : 2u,
                            [&](Dice& own, unsigned thread, unsigned steps, std::string& seen) {
                                if (is_of_rows) return run_row(shared, own, thread, seen);
                                while (steps-- > 0) step_of_wakes(shared, own, seen);
                            });
    for (const auto& word : shared.words) text += " " + std::to_string(word.load());
    revenant_observe(text.c_str());
}

// Programs of one seed in four use everything, of another atomics alone, of one additions in the main, and of
// one loops, if not all; of those without loops, every third has threads that are alike.
void run(std::uint32_t seed) {
    if (REVENANT_ONLY_WAKES) return run_wakes(seed);
    constexpr unsigned kinds_of[] = {all_kinds, atomic_kinds, addition_kinds};
    if (REVENANT_ONLY_LOOPS || seed % 4 == std::size(kinds_of)) return run_loops(seed);
    Dice dice(seed);
    Shared shared;
    const auto kinds = kinds_of[seed % 4];
    const auto threads = 2 + (dice.below(3) == 0 ? 1u : 0u);
    const auto steps_max = threads == 2 ? 4u : kinds == addition_kinds ? 3u : 2u;
    const bool are_alike = seed % 3 == 0;
    Seen seen;
    seen.by_thread.resize(threads);
    std::vector<std::thread> started;
    const auto steps = 1 + dice.below(steps_max);
    for (unsigned i = 0; i < threads; ++i) {
        if (are_alike) {
            started.emplace_back([&shared, &seen, seed, steps, kinds] {
                std::string own;
                do_steps(shared, Dice(seed * 31), steps, kinds, own);
                const std::lock_guard lock(seen.mutex);
                seen.at_end.push_back(own);
            });
        } else {
            const auto own_steps = 1 + dice.below(steps_max);
            started.emplace_back([&shared, &seen, seed, i, own_steps, kinds] {
                do_steps(shared, Dice(seed * 31 + i), own_steps, kinds, seen.by_thread[i]);
            });
        }
    }
    for (auto& thread : started) thread.join();
    std::sort(seen.at_end.begin(), seen.at_end.end());  // their names are no part of what they come to
    std::string text = std::to_string(seed) + ":";
    for (const auto& one : are_alike ? seen.at_end : seen.by_thread) text += " " + one;
    for (const auto& atomic : shared.atomics) text += " " + std::to_string(atomic.load());
    for (const auto number : shared.guarded) text += " " + std::to_string(number);
    text += " " + std::to_string(shared.shared_data) + " " + std::to_string(shared.timed_data);
    revenant_observe(text.c_str());
}

template <std::uint32_t seed>
void run_seed() {
    run(seed);
}

template <std::uint32_t... seeds>
bool register_all(std::integer_sequence<std::uint32_t, seeds...>) {
    constexpr void (*bodies[])() = {run_seed<seeds>...};
    for (std::size_t seed = 0; seed < std::size(bodies); ++seed) {
        revenant_register_test(("seed " + std::to_string(seed)).c_str(), bodies[seed]);
    }
    return true;
}

const bool is_registered = register_all(std::make_integer_sequence<std::uint32_t, REVENANT_SEEDS>());

}  // namespace
}  // namespace generated
