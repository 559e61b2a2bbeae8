#include <revenant/explore.hpp>

#include <atomic>
#include <thread>

// One execution takes thousands of steps: who waits looks many times before it gives up.
REVENANT_EXPLORE("a flag that is looked at ten thousand times") {
    std::atomic<int> is_set{0};
    std::thread other([&is_set] { is_set.store(1, std::memory_order_release); });
    for (int i = 0; i < 10000; ++i) {
        if (is_set.load(std::memory_order_relaxed) != 0) break;
    }
    other.join();
}
