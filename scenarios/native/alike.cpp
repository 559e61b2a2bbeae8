// Threads that are started with one function on equal arguments: alike, as long as nobody tells them apart.
// WRONG ON PURPOSE: tests whose rule breaks only if the thread that was started second comes first.
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <mutex>
#include <revenant/explore.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {

std::atomic<int> tickets{0};

void* take_a_ticket(void*) { return reinterpret_cast<void*>(static_cast<long>(tickets.fetch_add(1))); }

}  // namespace

REVENANT_EXPLORE("alike, three threads: right") {
    std::atomic<int> sum{0};
    std::vector<std::thread> started;
    for (int i = 0; i < 3; ++i) {
        started.emplace_back([&sum] { REVENANT_ENSURE(sum.fetch_add(1) < 3); });
    }
    for (auto& thread : started) thread.join();
}

REVENANT_EXPLORE("alike, and each waits for a thread of its own before its first step: right") {
    std::atomic<int> place{0};
    const auto body = [&place] {
        std::thread([&place] { place.exchange(1); }).join();
        static_cast<void>(place.load());
    };
    std::thread first(body);
    std::thread second(body);
    first.join();
    second.join();
}

REVENANT_EXPLORE("different arguments, three threads: right") {
    std::atomic<int> sum{0};
    std::vector<std::thread> started;
    for (int i = 0; i < 3; ++i) {
        started.emplace_back([&sum, i] { REVENANT_ENSURE(sum.fetch_add(1) < 3 + i); });
    }
    for (auto& thread : started) thread.join();
}

REVENANT_EXPLORE("told apart by what they return") {
    pthread_t threads[2];
    for (auto& thread : threads) pthread_create(&thread, nullptr, take_a_ticket, nullptr);
    void* results[2];
    for (int i = 0; i < 2; ++i) pthread_join(threads[i], &results[i]);
    REVENANT_ENSURE(results[0] < results[1]);
}

REVENANT_EXPLORE("told apart by their names") {
    static std::thread::id first;
    std::mutex mutex;
    std::vector<std::thread> started;
    const auto note = [&mutex] {
        const std::lock_guard lock(mutex);
        if (first == std::thread::id()) first = std::this_thread::get_id();
    };
    for (int i = 0; i < 2; ++i) started.emplace_back(note);
    const auto expected = started[0].get_id();
    for (auto& thread : started) thread.join();
    REVENANT_ENSURE(first == expected);
}

REVENANT_EXPLORE("told apart by a step between two joins") {
    std::atomic<int> begun{0};
    std::atomic<int> ended{0};
    const auto work = [&begun, &ended] {
        if (begun.fetch_add(1) == 0) ended.store(1);
    };
    std::thread one(work);
    std::thread other(work);
    one.join();
    const int seen = ended.load();
    other.join();
    REVENANT_ENSURE(seen == 1);  // whoever began first has ended, if that was this one
}

REVENANT_EXPLORE("told apart by a look between two joins") {
    std::atomic<int> tickets_here{0};
    int written = 0;
    const auto work = [&tickets_here, &written] {
        if (tickets_here.fetch_add(1, std::memory_order_relaxed) == 0) written = 1;
    };
    std::thread one(work);
    std::thread other(work);
    one.join();
    const int seen = written;  // in no order with the other one, if that was first
    other.join();
    REVENANT_ENSURE(seen == 1);
}

REVENANT_EXPLORE("told apart by what was written between two starts") {
    std::atomic<int> tickets_here{0};
    int written = 0;
    const auto work = [&tickets_here, &written] {
        // Without an order: whoever was started first must not look.
        if (tickets_here.fetch_add(1, std::memory_order_relaxed) == 1) REVENANT_ENSURE(written == 1);
    };
    std::thread one(work);
    written = 1;
    std::thread other(work);
    one.join();
    other.join();
}

namespace {

sem_t nobody_posts;

/// Whoever comes first waits for ever.
void* wait_if_first(void*) {
    if (tickets.fetch_add(1) == 0) sem_wait(&nobody_posts);
    return nullptr;
}

/// Two of them, of which the second is joined. `first`: what becomes of the other.
void join_the_second(void (*first)(pthread_t)) {
    tickets = 0;
    sem_init(&nobody_posts, 0, 0);
    pthread_t threads[2];
    for (auto& thread : threads) pthread_create(&thread, nullptr, wait_if_first, nullptr);
    first(threads[0]);
    pthread_join(threads[1], nullptr);
}

}  // namespace

REVENANT_EXPLORE("told apart as only the second is joined") {
    join_the_second([](pthread_t) {});
}

REVENANT_EXPLORE("told apart as the first is detached and the second joined") {
    join_the_second([](pthread_t first) { pthread_detach(first); });
}
