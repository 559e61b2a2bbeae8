// Threads that wait for each other. WRONG ON PURPOSE: those whose names say what is lost.
#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <revenant/explore.hpp>
#include <semaphore>
#include <stdexcept>
#include <thread>

REVENANT_EXPLORE("condition variable: a lost wake-up") {
    std::mutex mutex;
    std::condition_variable changed;
    std::atomic<bool> ready{false};
    std::thread other([&] {
        ready = true;  // without the mutex: between the test and the wait
        changed.notify_one();
    });
    {
        std::unique_lock lock(mutex);
        if (!ready) changed.wait(lock);
    }
    other.join();
}

REVENANT_EXPLORE("condition variable: right") {
    std::mutex mutex;
    std::condition_variable changed;
    bool ready = false;
    std::thread other([&] {
        {
            const std::lock_guard lock(mutex);
            ready = true;
        }
        changed.notify_one();
    });
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return ready; });
    }
    other.join();
}

REVENANT_EXPLORE("two mutexes in two orders") {
    std::mutex a;
    std::mutex b;
    std::thread other([&] {
        const std::lock_guard first(b);
        const std::lock_guard second(a);
    });
    {
        const std::lock_guard first(a);
        const std::lock_guard second(b);
    }
    other.join();
}

REVENANT_EXPLORE("try_lock against a lock") {
    std::mutex mutex;
    int count = 0;
    std::thread other([&] {
        const std::lock_guard lock(mutex);
        ++count;
    });
    if (mutex.try_lock()) {
        ++count;
        mutex.unlock();
    }
    other.join();
}

REVENANT_EXPLORE("a flag that is polled") {
    std::atomic<bool> ready{false};
    int data = 0;
    std::thread other([&] {
        data = 1;
        ready.store(true, std::memory_order_release);
    });
    while (!ready.load(std::memory_order_acquire)) {
    }
    REVENANT_ENSURE(data == 1);
    other.join();
}

REVENANT_EXPLORE("a flag that nobody sets") {
    std::atomic<bool> ready{false};
    std::thread other([&] {
        while (!ready.load(std::memory_order_acquire)) {
        }
    });
    other.join();
}

REVENANT_EXPLORE("rounds that are counted") {
    std::atomic<bool> ready{false};
    int rounds = 0;
    std::thread other([&] { ready = true; });
    while (!ready && rounds < 3) ++rounds;
    other.join();
    REVENANT_ENSURE(rounds < 3);
}

REVENANT_EXPLORE("semaphore") {
    std::binary_semaphore semaphore(0);
    int data = 0;
    std::thread other([&] {
        data = 1;
        semaphore.release();
    });
    semaphore.acquire();
    REVENANT_ENSURE(data == 1);
    other.join();
}

REVENANT_EXPLORE("a flag that is polled, and a copy of it kept") {
    std::atomic<int> flag{0};
    static int copy;
    copy = 0;
    std::thread other([&] {
        do {
            copy = flag.load();
        } while (copy == 0);
    });
    flag = 1;
    other.join();
    REVENANT_ENSURE(copy == 1);
}

REVENANT_EXPLORE("latch") {
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

REVENANT_EXPLORE("future and exception") {
    auto result = std::async(std::launch::async, []() -> int { throw std::runtime_error("no"); });
    bool is_caught = false;
    try {
        static_cast<void>(result.get());
    } catch (const std::runtime_error&) {
        is_caught = true;
    }
    REVENANT_ENSURE(is_caught);
}

REVENANT_EXPLORE("call_once") {
    std::once_flag once;
    int made = 0;
    std::thread other([&] { std::call_once(once, [&] { ++made; }); });
    std::call_once(once, [&] { ++made; });
    REVENANT_ENSURE(made == 1);
    other.join();
}

// Each attempt that fails is explored; std::mutex has none.
class SpinLock {
public:
    void lock() {
        for (int free = 0; !word_.compare_exchange_weak(free, 1, std::memory_order_acquire); free = 0) {
        }
    }
    void unlock() { word_.store(0, std::memory_order_release); }

private:
    std::atomic<int> word_{0};
};

template <class Lock>
void count_under() {
    Lock lock;
    int count = 0;
    const auto raise = [&] {
        for (int round = 0; round < 2; ++round) {
            lock.lock();
            ++count;
            lock.unlock();
        }
    };
    std::thread second(raise);
    std::thread third(raise);
    raise();
    second.join();
    third.join();
    REVENANT_ENSURE(count == 6);
}

REVENANT_EXPLORE("a lock made by hand") { count_under<SpinLock>(); }

REVENANT_EXPLORE("a mutex in its place") { count_under<std::mutex>(); }
