// More threads at a time than the library that is linked has room for: the process begins again with another.
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

namespace {

template <class Body>
void run_together(int count, const Body& body) {
    std::vector<std::thread> all;
    for (int i = 0; i < count; ++i) all.emplace_back([&body, i] { body(i); });
    for (auto& one : all) one.join();
}

// A write has two halves, each under a mutex of its own; a reader may come between them.
struct TwoStages {
    std::mutex first;
    std::mutex second;
    int data = 0;
    int copy = 0;

    void write(int step) {
        {
            const std::lock_guard lock(first);
            data = step;
        }
        const std::lock_guard lock(second);
        copy = step + 1;
    }
    // Has seen the first half of a write and not the second.
    bool sees_half() {
        int seen = 0;
        {
            const std::lock_guard lock(first);
            if (data == 0) return false;
            seen = data;
        }
        const std::lock_guard lock(second);
        return copy != seen + 1;
    }
};

}  // namespace

REVENANT_EXPLORE("sixteen and the first, each with a mutex of its own, right") {
    std::array<std::mutex, 16> mutexes;
    std::array<int, 16> numbers{};
    run_together(16, [&](int i) {
        const auto own = static_cast<std::size_t>(i);
        const std::lock_guard lock(mutexes[own]);
        ++numbers[own];
    });
    for (const int number : numbers) REVENANT_ENSURE(number == 1);
}

REVENANT_EXPLORE("a hundred and twenty-seven and the first add to one number, right") {
    std::atomic<int> sum{0};
    run_together(127, [&](int) { sum.fetch_add(1, std::memory_order_relaxed); });
    REVENANT_ENSURE(sum == 127);
}

REVENANT_EXPLORE("a hundred that write, and one that reads between two halves") {
    TwoStages stages;
    std::atomic<bool> half{false};
    run_together(100, [&](int i) {
        if (i == 99) {
            half = stages.sees_half();
        } else {
            stages.write(1);
        }
    });
    REVENANT_ENSURE(!half);
}

REVENANT_EXPLORE("thirty of which two write to one number") {
    int number = 0;
    std::array<int, 30> others{};
    run_together(30, [&](int i) {
        if (i == 3 || i == 28) {
            number = i;
        } else {
            others[static_cast<std::size_t>(i)] = i;
        }
    });
    REVENANT_ENSURE(number != 0);
}

REVENANT_EXPLORE("forty, and the first waits for the last, right") {
    std::mutex mutex;
    std::condition_variable go;
    bool may_go = false;
    run_together(40, [&](int i) {
        if (i != 0 && i != 39) return;
        std::unique_lock lock(mutex);
        if (i == 39) {
            may_go = true;
            go.notify_all();
        } else {
            go.wait(lock, [&] { return may_go; });
        }
    });
}

REVENANT_EXPLORE("seventy, and the last waits for what nobody does") {
    std::atomic<bool> is_done{false};
    run_together(70, [&](int i) {
        while (i == 69 && !is_done) std::this_thread::yield();
    });
}
