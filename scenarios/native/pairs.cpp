// Atomics of 16 bytes, whose expected values are aligned to 8.
#include <atomic>
#include <revenant/explore.hpp>
#include <thread>

namespace {

struct Pair {
    long first = 0;
    long second = 0;
};

/// What a caller expects, where 16 does not divide its address for one of two.
struct Expected {
    alignas(16) long before = 0;
    Pair pair;
    long between = 0;
    Pair other;
};

void add(std::atomic<Pair>& pair) {
    Expected expected;
    const auto add_to = [&](Pair& seen) {
        Pair wanted;
        do {
            wanted = {seen.first + 1, seen.second + 2};
        } while (!pair.compare_exchange_strong(seen, wanted));
    };
    add_to(expected.pair);
    add_to(expected.other);
}

}  // namespace

REVENANT_EXPLORE("pairs that two threads exchange: right") {
    alignas(16) std::atomic<Pair> pair{};
    std::thread other([&] { add(pair); });
    add(pair);
    other.join();
    const auto last = pair.load();
    REVENANT_ENSURE(last.first == 4 && last.second == 8);
}
