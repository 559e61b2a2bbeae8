// Waits that end with their time. WRONG ON PURPOSE: all but those whose names say that they are right. `may
// …`: what the test denies can be, and must be found.
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <revenant/explore.hpp>
#include <semaphore>
#include <thread>

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// Two threads, of which one waits a while for the other.
struct Signal {
    std::mutex mutex;
    std::condition_variable changed;
    bool ready = false;

    void give() {
        {
            const std::lock_guard guard(mutex);
            ready = true;
        }
        changed.notify_one();
    }
    std::cv_status wait_once() {
        std::unique_lock lock(mutex);
        return ready ? std::cv_status::no_timeout : changed.wait_for(lock, 10ms);
    }
};

// A program may keep what its clock shows before main.
const auto before_main = Clock::now();
const auto behind_a_sleep = [] {
    std::this_thread::sleep_for(20ms);
    return Clock::now();
}();
const auto date_before_main = std::chrono::system_clock::now();

constexpr timespec no_time{1, 1'000'000'000};
constexpr timespec negative{0, -1};

}  // namespace

REVENANT_EXPLORE("wait_for may be out of time") {
    Signal signal;
    std::thread other([&] { signal.give(); });
    REVENANT_ENSURE(signal.wait_once() == std::cv_status::no_timeout);
    other.join();
}

REVENANT_EXPLORE("wait_for may be in time") {
    Signal signal;
    std::thread other([&] { signal.give(); });
    REVENANT_ENSURE(signal.wait_once() == std::cv_status::timeout);
    other.join();
}

REVENANT_EXPLORE("wait_for may wake without a reason") {
    Signal signal;
    const auto status = signal.wait_once();
    REVENANT_ENSURE(status == std::cv_status::timeout);
}

REVENANT_EXPLORE("wait_for with a predicate: right") {
    Signal signal;
    std::thread other([&] { signal.give(); });
    {
        std::unique_lock lock(signal.mutex);
        const bool ready = signal.changed.wait_for(lock, 10ms, [&] { return signal.ready; });
        REVENANT_ENSURE(ready == signal.ready);
    }
    other.join();
}

REVENANT_EXPLORE("wait_until a time that is over: right") {
    Signal signal;
    std::unique_lock lock(signal.mutex);
    for (int i = 0; i < 3; ++i) {
        const auto status = signal.changed.wait_until(lock, Clock::now() - 1s);
        REVENANT_ENSURE(status == std::cv_status::timeout);
    }
}

REVENANT_EXPLORE("a wait until the time is out takes so long: right") {
    Signal signal;
    const auto begin = Clock::now();
    std::unique_lock lock(signal.mutex);
    if (!signal.changed.wait_for(lock, 10ms, [] { return false; })) {
        REVENANT_ENSURE(Clock::now() - begin >= 10ms);
    }
}

REVENANT_EXPLORE("a sleep orders nothing") {
    int data = 0;
    std::thread other([&] { data = 1; });
    std::this_thread::sleep_for(1s);
    REVENANT_ENSURE(data == 1);
    other.join();
}

REVENANT_EXPLORE("a clock that another thread has looked at: right") {
    std::atomic<Clock::rep> seen{0};
    std::thread other([&] {
        std::this_thread::sleep_for(1s);
        seen = Clock::now().time_since_epoch().count();
    });
    const auto then = seen.load();
    REVENANT_ENSURE(Clock::now().time_since_epoch().count() >= then);
    other.join();
}

REVENANT_EXPLORE("a flag that is polled until a deadline: right") {
    std::atomic<bool> ready{false};
    std::thread other([&] { ready = true; });
    const auto deadline = Clock::now() + 50us;
    bool in_time = false;
    while (!(in_time = ready) && Clock::now() < deadline) {
    }
    REVENANT_ENSURE(in_time || Clock::now() >= deadline);
    other.join();
}

REVENANT_EXPLORE("a poll may be out of time") {
    std::atomic<bool> ready{false};
    std::thread other([&] { ready = true; });
    const auto deadline = Clock::now() + 50us;
    while (!ready) REVENANT_ENSURE(Clock::now() < deadline);
    other.join();
}

REVENANT_EXPLORE("a flag that is polled with sleeps: right") {
    std::atomic<bool> ready{false};
    std::thread other([&] { ready = true; });
    while (!ready) std::this_thread::sleep_for(1ms);
    other.join();
}

REVENANT_EXPLORE("try_acquire_for may be out of time") {
    std::binary_semaphore semaphore(0);
    std::thread other([&] { semaphore.release(); });
    REVENANT_ENSURE(semaphore.try_acquire_for(10ms));
    other.join();
}

REVENANT_EXPLORE("try_acquire_for may be in time") {
    std::binary_semaphore semaphore(0);
    std::thread other([&] { semaphore.release(); });
    REVENANT_ENSURE(!semaphore.try_acquire_for(10ms));
    other.join();
}

REVENANT_EXPLORE("clocks that were looked at before main: right") {
    std::thread other([] { REVENANT_ENSURE(Clock::now() > before_main); });
    REVENANT_ENSURE(Clock::now() - before_main < 1s);
    REVENANT_ENSURE(behind_a_sleep - before_main >= 20ms);
    REVENANT_ENSURE(std::chrono::system_clock::now() > date_before_main);
    other.join();
}

REVENANT_EXPLORE("a time long ago is over: right") {
    std::mutex mutex;
    std::condition_variable changed;
    std::unique_lock lock(mutex);
    const std::chrono::system_clock::time_point long_ago(-1ns);
    REVENANT_ENSURE(changed.wait_until(lock, long_ago) == std::cv_status::timeout);
}

REVENANT_EXPLORE("a time that never comes is no deadline: right") {
    Signal signal;
    std::thread other([&] { signal.give(); });
    {
        std::unique_lock lock(signal.mutex);
        while (!signal.ready) {
            const auto status = signal.changed.wait_until(lock, Clock::time_point::max());
            REVENANT_ENSURE(status == std::cv_status::no_timeout);
        }
    }
    other.join();
}

// By POSIX a mutex is taken all the same if nobody has it.
REVENANT_EXPLORE("what is no time is refused: right") {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    sem_t semaphore;
    sem_init(&semaphore, 0, 1);
    REVENANT_ENSURE(pthread_mutex_timedlock(&mutex, &no_time) == 0);
    std::thread other([&] { REVENANT_ENSURE(pthread_mutex_timedlock(&mutex, &no_time) == EINVAL); });
    other.join();
    for (const auto& time : {no_time, negative}) {
        REVENANT_ENSURE(pthread_cond_timedwait(&condition, &mutex, &time) == EINVAL);
        REVENANT_ENSURE(pthread_rwlock_timedrdlock(&lock, &time) == EINVAL);
        REVENANT_ENSURE(pthread_rwlock_timedwrlock(&lock, &time) == EINVAL);
        errno = 0;
        REVENANT_ENSURE(sem_timedwait(&semaphore, &time) == -1 && errno == EINVAL);
        errno = 0;
        REVENANT_ENSURE(nanosleep(&time, nullptr) == -1 && errno == EINVAL);
        REVENANT_ENSURE(clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr) == EINVAL);
    }
    pthread_mutex_unlock(&mutex);
}
