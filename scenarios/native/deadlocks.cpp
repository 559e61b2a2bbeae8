// WRONG ON PURPOSE: each ends in a deadlock, of which the finding must name every thread, what it waits for
// and who holds it.
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <revenant/explore.hpp>
#include <semaphore>
#include <shared_mutex>
#include <thread>

namespace {

std::mutex outer;
std::mutex inner;
std::condition_variable changed;
std::shared_mutex table;
std::atomic<bool> ready{false};
std::atomic<int> turn{0};

}  // namespace

REVENANT_EXPLORE("main joins who wants its mutex") {
    const std::lock_guard lock(outer);
    std::thread other([] { const std::lock_guard wanted(outer); });
    other.join();
}

REVENANT_EXPLORE("who would notify wants a mutex of who waits") {
    std::thread waiter([] {
        const std::lock_guard kept(outer);
        std::unique_lock lock(inner);
        changed.wait(lock, [] { return ready.load(); });
    });
    {
        const std::lock_guard kept(outer);
        ready = true;
        changed.notify_one();
    }
    waiter.join();
}

REVENANT_EXPLORE("a reader and a writer") {
    std::thread reader([] {
        const std::shared_lock reads(table);
        const std::lock_guard lock(outer);
    });
    {
        const std::lock_guard lock(outer);
        const std::lock_guard writes(table);
    }
    reader.join();
}

REVENANT_EXPLORE("a semaphore of C") {
    static sem_t filled;
    ::sem_init(&filled, 0, 0);
    std::thread other([] { ::sem_wait(&filled); });
    other.join();
}

REVENANT_EXPLORE("a barrier for one more") {
    static pthread_barrier_t all;
    ::pthread_barrier_init(&all, nullptr, 3);
    std::thread other([] { ::pthread_barrier_wait(&all); });
    ::pthread_barrier_wait(&all);
    other.join();
}

REVENANT_EXPLORE("a semaphore") {
    static std::counting_semaphore<4> free_places(0);
    free_places.acquire();
}

REVENANT_EXPLORE("a latch") {
    static std::latch done(2);
    std::thread other([] { done.count_down(); });
    done.wait();
    other.join();
}

REVENANT_EXPLORE("a future") {
    std::promise<int> promise;
    auto result = promise.get_future();
    static_cast<void>(result.get());
}

REVENANT_EXPLORE("a number that nobody changes") {
    std::thread other([] { turn.wait(0); });
    other.join();
}

REVENANT_EXPLORE("a flag that is set, and nobody is notified") {
    std::thread other([] { ready.wait(false); });
    ready = true;
    other.join();
}

REVENANT_EXPLORE("a try in vain before a deadlock") {
    const std::lock_guard lock(outer);
    std::thread other([] {
        if (!outer.try_lock()) outer.lock();
    });
    other.join();
}

REVENANT_EXPLORE("two that nobody joins take mutexes in two orders") {
    static std::mutex first;
    static std::mutex second;
    std::thread([] {
        const std::lock_guard lock(first);
        const std::lock_guard other(second);
    }).detach();
    std::thread([] {
        const std::lock_guard lock(second);
        const std::lock_guard other(first);
    }).detach();
}

REVENANT_EXPLORE("main joins who goes round") {
    std::thread other([] {
        while (!ready) {
        }
    });
    other.join();
}
