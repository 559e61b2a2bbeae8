// Loops that wait, and take mutexes in their rounds. WRONG ON PURPOSE: those that do not say right.
#include <array>
#include <atomic>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>

namespace {

// Functions of their own: a round begins and ends with the same registers.
[[gnu::noinline]] bool take_one(std::mutex* mutex, const std::mutex* end) {
    while (mutex != end && !mutex->try_lock()) ++mutex;
    return mutex != end;
}
[[gnu::noinline]] void wait_and_take(std::atomic<int>& flag, std::mutex* begin, std::mutex* end) {
    while (flag.load(std::memory_order_relaxed) == 0) REVENANT_ENSURE(take_one(begin, end));
}

}  // namespace

// A mutex that it keeps is one less for the next round.
REVENANT_EXPLORE("a round takes a mutex and keeps it, until there is none left") {
    static std::array<std::mutex, 3> mutexes;
    std::atomic<int> flag{0};
    std::thread waiting([&] { wait_and_take(flag, mutexes.begin(), mutexes.end()); });
    flag.store(1);
    waiting.join();
}

// … and one that it gives back, others are to have while it waits.
REVENANT_EXPLORE("a round takes a mutex and gives it back: right") {
    std::atomic<int> flag{0};
    std::atomic<int> other{0};
    std::mutex mutex;
    int data = 0;
    std::thread waiting([&] {
        while (flag.load() == 0) {
            const std::lock_guard lock(mutex);
            static_cast<void>(other.load());
        }
    });
    std::thread writer([&] {
        for (int i = 0; i < 2; ++i) {
            const std::lock_guard lock(mutex);
            ++data;
        }
        flag.store(1);
    });
    waiting.join();
    writer.join();
    REVENANT_ENSURE(data == 2);
}

REVENANT_EXPLORE("a thread waits for another one with a mutex that this one wants") {
    std::atomic<int> flag{0};
    std::mutex mutex;
    std::thread waiting([&] {
        const std::lock_guard lock(mutex);
        while (flag.load() == 0) {
        }
    });
    mutex.lock();
    mutex.unlock();
    flag.store(1);
    waiting.join();
}

// A try finds a mutex held in the first round, and another in the second: each lets the thread make one more.
REVENANT_EXPLORE("two tries find mutexes held in two rounds") {
    std::atomic<int> flag{0};
    std::mutex first;
    std::mutex second;
    const auto is_held = [](std::mutex& mutex) {
        const bool takes = mutex.try_lock();
        if (takes) mutex.unlock();
        return !takes;
    };
    std::thread waiting([&] {
        while (flag.load() == 0) {
            first.lock();
            first.unlock();
            second.lock();
            second.unlock();
        }
    });
    const bool in_first_round = is_held(second);
    const bool in_second_round = is_held(first);
    flag.store(1);
    waiting.join();
    REVENANT_ENSURE(!in_first_round || !in_second_round);
}

// In each round somebody else can have either.
REVENANT_EXPLORE("a thread goes hand over hand round two mutexes: right") {
    std::mutex first;
    std::mutex second;
    bool ends = false;
    std::thread going([&] {
        first.lock();
        while (!ends) {
            second.lock();
            first.unlock();
            first.lock();
            second.unlock();
        }
        first.unlock();
    });
    first.lock();
    ends = true;
    first.unlock();
    going.join();
}
