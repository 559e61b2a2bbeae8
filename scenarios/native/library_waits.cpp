// Waiting for atomics, as C++20 has it: std::atomic's wait, latches, semaphores, barriers. What lies in which
// part of a standard library: see library.cpp. WRONG ON PURPOSE: those whose names do not say right.
#include <atomic>
#include <barrier>
#include <chrono>
#include <latch>
#include <revenant/explore.hpp>
#include <semaphore>
#include <thread>

namespace {

/// One waits until it finds another value, and reads what was written before.
template <class Word>
void wait_for_another(std::memory_order stored, bool notifies, bool notifies_before) {
    std::atomic<Word> word{};
    int data = 0;
    std::thread other([&] {
        word.wait(Word{}, std::memory_order_acquire);
        REVENANT_ENSURE(data == 1);
    });
    data = 1;
    if (notifies_before) word.notify_one();
    word.store(Word{1}, stored);
    if (notifies) word.notify_one();
    other.join();
}

template <class Word>
void notify_two(bool all) {
    std::atomic<Word> word{};
    const auto wait = [&] { word.wait(Word{}); };
    std::thread one(wait);
    std::thread other(wait);
    word.store(Word{1});
    all ? word.notify_all() : word.notify_one();
    one.join();
    other.join();
}

void count_with_a_semaphore(std::ptrdiff_t at_once) {
    std::counting_semaphore<2> semaphore(at_once);
    int count = 0;
    const auto add = [&] {
        semaphore.acquire();
        ++count;
        semaphore.release();
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(count == 2);
}

}  // namespace

REVENANT_EXPLORE("wait for an int: right") { wait_for_another<int>(std::memory_order_release, true, false); }
REVENANT_EXPLORE("wait for a bool: right") { wait_for_another<bool>(std::memory_order_release, true, false); }
REVENANT_EXPLORE("wait for a long: right") { wait_for_another<long>(std::memory_order_release, true, false); }
REVENANT_EXPLORE("wait for an int that is stored relaxed") {
    wait_for_another<int>(std::memory_order_relaxed, true, false);
}
REVENANT_EXPLORE("wait for a long that is stored relaxed") {
    wait_for_another<long>(std::memory_order_relaxed, true, false);
}
REVENANT_EXPLORE("wait for an int, and nobody notifies") {
    wait_for_another<int>(std::memory_order_release, false, false);
}
REVENANT_EXPLORE("wait for a long, and nobody notifies") {
    wait_for_another<long>(std::memory_order_release, false, false);
}
REVENANT_EXPLORE("wait for a bool, and the notification comes before the store") {
    wait_for_another<bool>(std::memory_order_release, false, true);
}
REVENANT_EXPLORE("two wait for an int, and one is notified") { notify_two<int>(false); }
REVENANT_EXPLORE("two wait for an int, and all are notified: right") { notify_two<int>(true); }
REVENANT_EXPLORE("two wait for a bool, and all are notified: right") { notify_two<bool>(true); }

REVENANT_EXPLORE("a latch: right") {
    std::latch latch(2);
    int data = 0;
    std::thread other([&] {
        data = 1;
        latch.count_down();
    });
    latch.arrive_and_wait();
    REVENANT_ENSURE(data == 1);
    other.join();
}
REVENANT_EXPLORE("a latch that counts one too many") {
    std::latch latch(3);
    std::thread other([&] { latch.count_down(); });
    latch.arrive_and_wait();
    other.join();
}
REVENANT_EXPLORE("a latch that is counted down before the write") {
    std::latch latch(2);
    int data = 0;
    std::thread other([&] {
        latch.count_down();
        data = 1;
    });
    latch.arrive_and_wait();
    REVENANT_ENSURE(data <= 1);
    other.join();
}

// libstdc++ 12 may wait for a value that it has seen before the semaphore was taken, and that it has again by
// then: for ever.
REVENANT_EXPLORE("a semaphore that two take in turn") { count_with_a_semaphore(1); }
REVENANT_EXPLORE("two semaphores by which two take turns: right") {
    std::binary_semaphore ping(0);
    std::binary_semaphore pong(0);
    int count = 0;
    std::thread other([&] {
        for (int i = 0; i < 2; ++i) {
            ping.acquire();
            ++count;
            pong.release();
        }
    });
    for (int i = 1; i <= 2; ++i) {
        ping.release();
        pong.acquire();
        REVENANT_ENSURE(count == i);
    }
    other.join();
}
REVENANT_EXPLORE("a semaphore that lets two in") { count_with_a_semaphore(2); }
REVENANT_EXPLORE("a semaphore that is not given back") {
    std::binary_semaphore semaphore(1);
    std::thread other([&] { semaphore.acquire(); });
    semaphore.acquire();
    other.join();
}
REVENANT_EXPLORE("a semaphore's try_acquire may fail") {
    std::binary_semaphore semaphore(0);
    std::thread other([&] { semaphore.release(); });
    const bool acquired = semaphore.try_acquire();
    other.join();
    REVENANT_ENSURE(acquired);
}
REVENANT_EXPLORE("a semaphore's try_acquire_for may be out of time") {
    std::binary_semaphore semaphore(0);
    std::thread other([&] { semaphore.release(); });
    const bool acquired = semaphore.try_acquire_for(std::chrono::milliseconds(1));
    other.join();
    REVENANT_ENSURE(acquired);
}
REVENANT_EXPLORE("a semaphore's try_acquire_for may be in time") {
    std::binary_semaphore semaphore(0);
    std::thread other([&] { semaphore.release(); });
    const bool acquired = semaphore.try_acquire_for(std::chrono::milliseconds(1));
    other.join();
    REVENANT_ENSURE(!acquired);
}

REVENANT_EXPLORE("a barrier: right") {
    int data[2] = {0, 0};
    std::barrier barrier(2);
    std::thread other([&] {
        data[1] = 1;
        barrier.arrive_and_wait();
        REVENANT_ENSURE(data[0] == 1);
    });
    data[0] = 1;
    barrier.arrive_and_wait();
    REVENANT_ENSURE(data[1] == 1);
    other.join();
}
REVENANT_EXPLORE("a barrier of two phases, and what it does between them: right") {
    int phases = 0;
    std::barrier barrier(2, [&]() noexcept { ++phases; });
    const auto twice = [&] {
        barrier.arrive_and_wait();
        REVENANT_ENSURE(phases == 1);
        barrier.arrive_and_wait();
        REVENANT_ENSURE(phases == 2);
    };
    std::thread other(twice);
    twice();
    other.join();
}
REVENANT_EXPLORE("a barrier that one leaves: right") {
    std::barrier barrier(2);
    std::thread other([&] { barrier.arrive_and_drop(); });
    barrier.arrive_and_wait();
    barrier.arrive_and_wait();
    other.join();
}
REVENANT_EXPLORE("a barrier, and a read before it is passed") {
    int data = 0;
    std::barrier barrier(2);
    std::thread other([&] {
        data = 1;
        static_cast<void>(barrier.arrive());
    });
    auto token = barrier.arrive();
    REVENANT_ENSURE(data <= 1);
    barrier.wait(std::move(token));
    other.join();
}
