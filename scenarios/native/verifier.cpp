// What programs for other model checkers call, barriers, pthread_exit, and as many threads as there may be.
// WRONG ON PURPOSE: all but those whose names say that they are right.
#include <pthread.h>

#include <atomic>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

extern "C" {
void __VERIFIER_assume(int);
void __VERIFIER_assert(int);
void reach_error();
void __VERIFIER_atomic_begin();
void __VERIFIER_atomic_end();
bool __VERIFIER_nondet_bool();
void __VERIFIER_assume_internal(bool, char);
long __VERIFIER_thread_create(const void*, void* (*)(void*), void*);
void* __VERIFIER_thread_join(long);
}

namespace {

constexpr int threads_max = 16;

/// Threads beside the first one, which meet it at a barrier. Whoever goes on writes what all read before.
void meet(int others, unsigned expected) {
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, nullptr, expected);
    int shared = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < others; ++i) {
        threads.emplace_back([&] {
            REVENANT_ENSURE(shared == 0);
            pthread_barrier_wait(&barrier);
        });
    }
    pthread_barrier_wait(&barrier);
    shared = 1;
    for (auto& thread : threads) thread.join();
    pthread_barrier_destroy(&barrier);
}

}  // namespace

REVENANT_EXPLORE("assume: the others go on: right") {
    std::atomic<int> value{0};
    std::atomic<int> other_value{0};
    std::thread other([&] { value = 1; });
    other_value = 1;
    __VERIFIER_assume(value == 1);
    REVENANT_ENSURE(value == 1);
    other.join();
}

REVENANT_EXPLORE("assume: what the others do is looked at") {
    std::atomic<int> value{0};
    std::thread other([&] {
        value = 1;
        REVENANT_ENSURE(value == 0);
    });
    __VERIFIER_assume(value == 2);
    other.join();
}

REVENANT_EXPLORE("assume what never holds") {
    std::atomic<int> value{0};
    std::thread other([&] { value = 1; });
    __VERIFIER_assume(value == 2);
    other.join();
    REVENANT_ENSURE(false);
}

REVENANT_EXPLORE("assume, with a mutex that another thread would have taken before") {
    std::mutex mutex;
    int value = 0;
    std::thread other([&] {
        const std::lock_guard lock(mutex);
        value = 1;
    });
    {
        const std::lock_guard lock(mutex);
        __VERIFIER_assume(value == 1);
        REVENANT_ENSURE(value == 0);
    }
    other.join();
}

REVENANT_EXPLORE("assume and threads as GenMC's header has them: right") {
    static std::atomic<int> value{0};
    const auto other = __VERIFIER_thread_create(
        nullptr, [](void* word) { return value = 1, word; }, &value);
    __VERIFIER_assume_internal(value == 1, 0);
    REVENANT_ENSURE(value == 1);
    REVENANT_ENSURE(__VERIFIER_thread_join(other) == &value);
}

REVENANT_EXPLORE("assert, reached by one of two values") {
    const bool is_set = __VERIFIER_nondet_bool();
    __VERIFIER_assert(!is_set);
}

REVENANT_EXPLORE("three values that nobody knows: right") {
    std::atomic<int> sum{0};
    std::thread other([&] { sum += __VERIFIER_nondet_bool() ? 1 : 2; });
    sum += __VERIFIER_nondet_bool() ? 1 : 2;
    other.join();
    const int all = sum + (__VERIFIER_nondet_bool() ? 10 : 0);
    if (all != 2 && all != 3 && all != 4 && all != 12 && all != 13 && all != 14) reach_error();
}

REVENANT_EXPLORE("error, reached by one of eight values") {
    int bits = 0;
    for (int i = 0; i < 3; ++i) bits = 2 * bits + (__VERIFIER_nondet_bool() ? 1 : 0);
    if (bits == 5) reach_error();
}

REVENANT_EXPLORE("atomic sections: right") {
    int value = 0;
    const auto add = [&] {
        __VERIFIER_atomic_begin();
        ++value;
        __VERIFIER_atomic_end();
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(value == 2);
}

REVENANT_EXPLORE("an atomic section and a plain access") {
    int value = 0;
    std::thread other([&] {
        __VERIFIER_atomic_begin();
        ++value;
        __VERIFIER_atomic_end();
    });
    ++value;
    other.join();
}

REVENANT_EXPLORE("barrier for three: right") { meet(2, 3); }

REVENANT_EXPLORE("barrier for three, and there are two") { meet(1, 3); }

REVENANT_EXPLORE("barrier for two, and there are three") { meet(2, 2); }

// Two who come once may meet each other, and who comes twice then waits alone.
REVENANT_EXPLORE("barrier for two, and one comes twice") {
    static pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, nullptr, 2);
    std::thread twice([] {
        pthread_barrier_wait(&barrier);
        pthread_barrier_wait(&barrier);
    });
    std::thread once([] { pthread_barrier_wait(&barrier); });
    pthread_barrier_wait(&barrier);
    twice.join();
    once.join();
    pthread_barrier_destroy(&barrier);
}

// Nobody asks who came last.
REVENANT_EXPLORE("barrier for four, twice: right") {
    static pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, nullptr, 4);
    const auto come = [] {
        pthread_barrier_wait(&barrier);
        pthread_barrier_wait(&barrier);
    };
    std::thread one([=] { come(); });
    std::thread two([=] { come(); });
    std::thread three([=] { come(); });
    come();
    one.join();
    two.join();
    three.join();
    pthread_barrier_destroy(&barrier);
}

REVENANT_EXPLORE("the first thread ends before the others: right") {
    static std::atomic<int> value{0};
    std::thread([] { REVENANT_ENSURE(value.fetch_add(1) < 2); }).detach();
    std::thread([] { REVENANT_ENSURE(value.fetch_add(1) < 2); }).detach();
    pthread_exit(nullptr);
}

REVENANT_EXPLORE("the first thread ends before the others, which find it gone") {
    static std::atomic<int> value{0};
    std::thread([] { REVENANT_ENSURE(value.load() == 0); }).detach();
    value = 1;
    pthread_exit(nullptr);
}

// Both want what neither gives back.
REVENANT_EXPLORE("the first thread returns, and either of two others may have the mutex") {
    static std::mutex mutex;
    std::thread([] { mutex.lock(); }).detach();
    std::thread([] {
        mutex.lock();
        REVENANT_ENSURE(!"the second one has it");
    }).detach();
}

REVENANT_EXPLORE("the first thread returns, and one of three others has the mutex: right") {
    static std::mutex mutex;
    static int holder = 0;
    for (int i = 1; i <= 3; ++i) {
        std::thread([i] {
            mutex.lock();
            REVENANT_ENSURE(holder == 0);
            holder = i;
        }).detach();
    }
}

REVENANT_EXPLORE("sixteen threads: right") {
    std::vector<std::thread> threads;
    std::vector<int> places(threads_max, 0);
    std::atomic<int> last{0};
    for (int i = 1; i < threads_max; ++i) {
        threads.emplace_back([&, i] {
            places[static_cast<std::size_t>(i)] = 1;
            if (i + 1 == threads_max) ++last;
        });
    }
    for (auto& thread : threads) thread.join();
    for (int i = 1; i < threads_max; ++i) REVENANT_ENSURE(places[static_cast<std::size_t>(i)] == 1);
    REVENANT_ENSURE(last == 1);
}

REVENANT_EXPLORE("sixteen threads, two of which race") {
    std::vector<std::thread> threads;
    std::vector<int> places(threads_max, 0);
    for (int i = 1; i < threads_max; ++i) {
        threads.emplace_back([&, i] { places[static_cast<std::size_t>(i == 15 ? 14 : i)] = 1; });
    }
    for (auto& thread : threads) thread.join();
}
