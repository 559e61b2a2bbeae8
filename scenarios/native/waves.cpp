// Threads that begin when others have ended and been joined: more than there may be at a time.
#include <pthread.h>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

namespace {

constexpr int many = 40;

template <class Body>
void run_in_turn(int count, const Body& body) {
    for (int i = 0; i < count; ++i) std::thread([&body, i] { body(i); }).join();
}

template <class Body>
void run_together(int count, const Body& body) {
    std::vector<std::thread> all;
    for (int i = 0; i < count; ++i) all.emplace_back([&body, i] { body(i); });
    for (auto& one : all) one.join();
}

thread_local int own_value = 5;

pthread_key_t own_key() {
    static const pthread_key_t made = [] {
        pthread_key_t key = 0;
        pthread_key_create(&key, nullptr);
        return key;
    }();
    return made;
}

// What a thread leaves on its stack, who comes after it must not find.
__attribute__((noinline)) bool finds_what_was_left() {
    constexpr int left = 0x5eed'5eed;
    volatile int room[64];  // NOLINT: not initialised, for once
    bool is_found = false;
    for (volatile auto& value : room) {
        is_found = is_found || value == left;
        value = left;
    }
    return is_found;
}

void* add_one(void* sum) {
    const int before = static_cast<std::atomic<int>*>(sum)->fetch_add(1);
    return before < 0 ? nullptr : sum;
}

// A thread that has nothing but this: the next one is in the same state at the same place.
void* look(void* at) {
    static_cast<void>(static_cast<std::atomic<int>*>(at)->load());
    return nullptr;
}

struct Task {
    int* to = nullptr;
    int value = 0;
};
void* do_task(void* task) {
    const auto& own = *static_cast<Task*>(task);
    *own.to = own.value;
    return nullptr;
}
void* find_one(void* at) { return static_cast<std::atomic<int>*>(at)->load() == 1 ? at : nullptr; }
void* do_nothing(void*) { return nullptr; }

int* volatile left_behind = nullptr;
void leave_behind(int& value) { left_behind = &value; }

}  // namespace

REVENANT_EXPLORE("in turn, on plain data: right") {
    int sum = 0;
    run_in_turn(many, [&](int) { ++sum; });
    REVENANT_ENSURE(sum == many);
}

REVENANT_EXPLORE("in turn, and the thirtieth races with one that goes on beside them") {
    int plain = 0;
    std::thread beside([&] { plain = 1; });
    run_in_turn(many, [&](int i) {
        if (i == 30) plain = 2;
    });
    beside.join();
}

REVENANT_EXPLORE("in turn, and each may come before one that goes on beside them: right") {
    std::atomic<int> last{-1};
    int seen = -1;
    std::thread beside([&] { seen = last; });
    run_in_turn(many, [&](int i) { last = i; });
    beside.join();
    REVENANT_ENSURE(seen < many);
}

REVENANT_EXPLORE("in turn, and what one thread alone has: right") {
    run_in_turn(many, [](int i) {
        REVENANT_ENSURE(own_value == 5);
        own_value = i;
        REVENANT_ENSURE(pthread_getspecific(own_key()) == nullptr);
        pthread_setspecific(own_key(), &own_value);
    });
}

REVENANT_EXPLORE("in turn on one stack, and two that are in no order behind them: right") {
    std::atomic<int> order{0};
    run_in_turn(many, [](int) { REVENANT_ENSURE(!finds_what_was_left()); });
    run_together(2, [&](int) {
        REVENANT_ENSURE(!finds_what_was_left());
        REVENANT_ENSURE(order.exchange(1) <= 1);
    });
}

REVENANT_EXPLORE("in turn, and each waits for what one beside them does: right") {
    std::atomic<bool> is_done{false};
    std::thread beside([&] { is_done = true; });
    run_in_turn(many, [&](int) {
        while (!is_done) std::this_thread::yield();
    });
    beside.join();
}

REVENANT_EXPLORE("in turn, and each looks once at what nobody changes: right") {
    std::atomic<int> same{0};
    for (int i = 0; i < many; ++i) {
        pthread_t made;
        pthread_create(&made, nullptr, look, &same);
        pthread_join(made, nullptr);
    }
}

REVENANT_EXPLORE("in turn, and the thirtieth waits for what nobody does") {
    const std::atomic<bool> is_done{false};
    run_in_turn(many, [&](int i) {
        while (i == 30 && !is_done) std::this_thread::yield();
    });
}

REVENANT_EXPLORE("in turn, and the next one uses what the last had on its stack") {
    run_in_turn(many, [](int i) {
        int local = i;
        leave_behind(local);
    });
    std::thread([] { REVENANT_ENSURE(*left_behind == many - 1); }).join();
}

REVENANT_EXPLORE("in turn, and the first has kept a mutex that a later one gives back") {
    static std::mutex mutex;
    run_in_turn(many, [](int i) {
        if (i == 0) mutex.lock();
        if (i == 30) mutex.unlock();
    });
}

REVENANT_EXPLORE("in turn, and each has its own thread write on its stack: right") {
    run_in_turn(many, [](int i) {
        int local = 0;
        std::thread([&local, i] { local = i; }).join();
        REVENANT_ENSURE(local == i);
    });
}

// Its own thread is in no order with theirs, and can have no number of theirs: there are too many.
REVENANT_EXPLORE("in turn, and one beside them starts its own when they have ended") {
    std::atomic<bool> may_begin{false};
    std::thread beside([&] {
        while (!may_begin.load(std::memory_order_relaxed)) std::this_thread::yield();
        std::thread([] {}).join();
    });
    run_in_turn(many, [](int) {});
    may_begin.store(true, std::memory_order_relaxed);
    beside.join();
}

REVENANT_EXPLORE("three at a time, five times: right") {
    for (int wave = 0; wave < 5; ++wave) {
        std::atomic<int> first{0};
        run_together(3, [&](int) { ++first; });
        REVENANT_ENSURE(first == 3);
    }
}

REVENANT_EXPLORE("two at a time, eight times: a lost update in the last") {
    for (int wave = 0; wave < 8; ++wave) {
        std::atomic<int> sum{0};
        run_together(2, [&](int) {
            if (wave < 7) {
                ++sum;
            } else {
                sum = sum + 1;
            }
        });
        REVENANT_ENSURE(sum == 2);
    }
}

REVENANT_EXPLORE("two that are alike, and many behind them whose results are asked for: right") {
    std::atomic<int> sum{0};
    pthread_t alike[2];
    for (auto& one : alike) pthread_create(&one, nullptr, add_one, &sum);
    for (const auto one : alike) pthread_join(one, nullptr);
    for (int i = 0; i < many; ++i) {
        pthread_t made;
        void* result = nullptr;
        pthread_create(&made, nullptr, add_one, &sum);
        pthread_join(made, &result);
        REVENANT_ENSURE(result == &sum);
    }
    REVENANT_ENSURE(sum == many + 2);
}

// The search begins again in the middle, behind what the first threads have done.
REVENANT_EXPLORE("in turn, each with a task of its own, and a load that comes before them or behind") {
    static Task tasks[15];
    static int results[15];
    static std::atomic<int> flag;
    for (int i = 0; i < 15; ++i) tasks[i] = {&results[i], i + 1};
    pthread_t beside;
    pthread_create(&beside, nullptr, find_one, &flag);
    for (auto& task : tasks) {
        pthread_t made;
        pthread_create(&made, nullptr, do_task, &task);
        pthread_join(made, nullptr);
    }
    flag.store(1);
    void* found = nullptr;
    pthread_join(beside, &found);
    REVENANT_ENSURE(found != nullptr || results[0] != 1);
}

// Those before were alike, and did nothing: with their numbers these are not.
REVENANT_EXPLORE("three unlike ones behind fifteen that were alike") {
    pthread_t alike[15];
    for (auto& one : alike) pthread_create(&one, nullptr, do_nothing, nullptr);
    for (const auto one : alike) pthread_join(one, nullptr);
    std::atomic<int> last{0};
    std::thread first([&] { last = 1; });
    std::thread second([&] { last = 2; });
    std::thread third([&] { last = 3; });
    for (auto* one : {&first, &second, &third}) one->join();
    REVENANT_ENSURE(last != 1);
}

REVENANT_EXPLORE("two start nine each, in turn: right") {
    std::atomic<int> sum{0};
    run_together(2, [&](int) { run_in_turn(9, [&](int) { sum.fetch_add(1); }); });
    REVENANT_ENSURE(sum == 18);
}
