// Right, but for what the compiler adds: it is built to count what it runs, and the counters are plain data.
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>

REVENANT_EXPLORE("two add to what a mutex guards") {
    std::mutex guard;
    int sum = 0;
    const auto add_one = [&] {
        const std::lock_guard lock(guard);
        ++sum;
    };
    std::thread other(add_one);
    add_one();
    other.join();
    REVENANT_ENSURE(sum == 2);
}
