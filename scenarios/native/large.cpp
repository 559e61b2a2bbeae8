// Too large for a search in full. WRONG ON PURPOSE: all but those whose names say that they are right.
#include <atomic>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

REVENANT_EXPLORE("counters that four threads raise: right") {
    std::atomic<int> count{0};
    const auto raise = [&] {
        for (int round = 0; round < 5; ++round) count.store(count.load() + 1);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) threads.emplace_back(raise);
    raise();
    for (auto& thread : threads) thread.join();
    REVENANT_ENSURE(count <= 20);
}

// Whoever looks sees both stores of each or none, unless it comes between: of nine threads that store, and
// one that looks last, as dpor has it at first.
REVENANT_EXPLORE("a look between two stores of many") {
    std::atomic<int> a{0};
    std::atomic<int> b{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 9; ++i) {
        threads.emplace_back([&] {
            a.store(1, std::memory_order_relaxed);
            b.store(-1, std::memory_order_relaxed);
        });
    }
    threads.emplace_back([&] { REVENANT_ENSURE(a.load() + b.load() == 0); });
    for (auto& thread : threads) thread.join();
}
