// Atomics of 16 bytes, whose expected values are aligned to 8; and of sizes that no instruction has.
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

namespace {

struct Colour {
    unsigned char red = 0, green = 0, blue = 0;
};
struct Point {
    int x = 0, y = 0, z = 0;
};

}  // namespace

REVENANT_EXPLORE("three bytes that two threads exchange: right") {
    std::atomic<Colour> colour{};
    const auto add = [&] {
        auto seen = colour.load();
        while (!colour.compare_exchange_strong(seen, {static_cast<unsigned char>(seen.red + 1), seen.green,
                                                      static_cast<unsigned char>(~seen.red)})) {
        }
    };
    std::thread other(add);
    add();
    other.join();
    const auto last = colour.load();
    REVENANT_ENSURE(last.red == 2 && last.green == 0 && last.blue == 0xfe);
}

REVENANT_EXPLORE("three bytes, read and then stored") {
    std::atomic<Colour> colour{};
    const auto add = [&] {
        const auto seen = colour.load();
        colour.store({static_cast<unsigned char>(seen.red + 1), 0, 0});
    };
    std::thread other(add);
    add();
    other.join();
    REVENANT_ENSURE(colour.load().red == 2);
}

REVENANT_EXPLORE("twelve bytes with what belongs to them: right") {
    std::atomic<Point> point{};
    int behind = 0;
    std::thread other([&] {
        behind = 1;
        static_cast<void>(point.exchange({1, 2, 3}, std::memory_order_release));
    });
    const auto seen = point.load(std::memory_order_acquire);
    REVENANT_ENSURE(seen.x == 0 || (seen.x == 1 && seen.y == 2 && seen.z == 3 && behind == 1));
    other.join();
}

REVENANT_EXPLORE("twelve bytes, relaxed, with what belongs to them") {
    std::atomic<Point> point{};
    int behind = 0;
    std::thread other([&] {
        behind = 1;
        point.store({1, 2, 3}, std::memory_order_relaxed);
    });
    if (point.load(std::memory_order_acquire).x == 1) REVENANT_ENSURE(behind == 1);
    other.join();
}
