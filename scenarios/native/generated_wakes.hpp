// Words that threads wait for until they are woken, for the programs of generated.cpp: futexes by their
// system call, and what libstdc++ makes of them: semaphores, and waiting for an atomic.
//
// Some wait in vain. Then the program has a deadlock, and the searches must agree on that.
#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <ctime>
#include <semaphore>
#include <string>

#include "scenarios/native/generated_shared.hpp"

namespace generated {

struct SharedWakes {
    std::array<std::atomic<int>, 2> words{0, 1};
    std::counting_semaphore<> semaphore{1};
    std::atomic<int> before{0};  ///< is 1 before an addition
    std::atomic<int> told{0};    ///< … behind which somebody was woken
};

inline char wait_until_woken(std::atomic<int>& word, bool has_time_out) {
    const timespec a_while{0, 10'000'000};
    const auto result =
        ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, has_time_out ? &a_while : nullptr, nullptr, 0);
    return result == 0 ? 'w' : errno == EAGAIN ? 'n' : 't';
}
inline long wake(std::atomic<int>& word, int count) {
    return ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

inline void step_of_wakes(SharedWakes& shared, Dice& dice, std::string& seen) {
    auto& word = shared.words[dice.below(3) == 0 ? 1 : 0];
    switch (dice.below(15)) {
        case 0:
        case 1:
        case 2: seen += wait_until_woken(word, dice.below(6) != 0); return;
        case 3:
        case 4: seen += std::to_string(wake(word, 1)); return;
        case 5: seen += std::to_string(wake(word, INT_MAX)); return;
        case 6:
        case 7: seen += std::to_string(word.load(load_order(dice))); return;
        case 8: word.store(static_cast<int>(dice.below(2)), store_order(dice)); return;
        case 9: seen += std::to_string(word.fetch_add(1, std::memory_order_relaxed)); return;
        case 10: word.fetch_add(1, std::memory_order_release); return;
        case 11: shared.semaphore.acquire(); return;
        case 12: shared.semaphore.release(); return;
        case 13: word.wait(0, std::memory_order_acquire); return;
        default:
            word.store(1, store_order(dice));
            word.notify_all();
            return;
    }
}

// Additions whose results nobody uses, of two threads, and who was woken between them: the third one waits.
inline void add(SharedWakes& shared, Dice& dice) {
    constexpr std::memory_order orders[] = {std::memory_order_relaxed, std::memory_order_acquire,
                                            std::memory_order_release, std::memory_order_acq_rel};
    shared.words[0].fetch_add(1 + static_cast<int>(dice.below(2)), orders[dice.below(4)]);
}
inline void run_row(SharedWakes& shared, Dice& dice, unsigned thread, std::string& seen) {
    constexpr auto relaxed = std::memory_order_relaxed;
    auto& word = shared.words[0];
    if (thread == 0) {
        seen += wait_until_woken(word, dice.below(2) == 0);
        if (dice.below(2) == 0) seen += std::to_string(word.load(relaxed));
        return;
    }
    if (thread == 1) {
        shared.before.store(1, relaxed);
        add(shared, dice);
        const auto woken = wake(word, 1);
        seen += std::to_string(woken);
        if (woken == 1) shared.told.store(1, relaxed);
        return;
    }
    add(shared, dice);
    seen += std::to_string(shared.told.load(relaxed));
    seen += std::to_string(shared.before.load(relaxed));
}

}  // namespace generated
