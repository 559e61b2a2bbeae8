// WRONG ON PURPOSE: races on variables of functions, which the findings must call by their names. Compiled
// without optimisation and with it.
#include <atomic>
#include <mutex>
#include <revenant/explore.hpp>
#include <thread>

namespace {

struct Entry {
    long hash = 0;
    int owner = 0;
};
struct Table {
    Entry entries[4];
};

}  // namespace

REVENANT_EXPLORE("a number") {
    int counter = 0;
    std::thread other([&] { ++counter; });
    ++counter;
    other.join();
}

REVENANT_EXPLORE("a field") {
    Table table;
    std::thread other([&] { ++table.entries[2].owner; });
    ++table.entries[2].owner;
    other.join();
    REVENANT_ENSURE(table.entries[1].hash == 0);
}

REVENANT_EXPLORE("a mutex and an atomic") {
    std::mutex guard;
    std::atomic<int> rounds{0};
    std::thread other([&] {
        const std::lock_guard lock(guard);
        rounds = 1;
    });
    {
        const std::lock_guard lock(guard);
        rounds = 2;
    }
    other.join();
    REVENANT_ENSURE(rounds.load() == 1);
}

namespace {

// Two calls have their variables at one place.
[[gnu::noinline]] void raise_first() {
    std::atomic<int> first{0};
    std::thread other([&] { first = 1; });
    first = 2;
    other.join();
}
[[gnu::noinline]] void raise_second() {
    std::atomic<int> second{0};
    std::thread other([&] { second = 1; });
    second = 2;
    other.join();
    REVENANT_ENSURE(second.load() == 2);
}

}  // namespace

REVENANT_EXPLORE("two calls, one after the other") {
    raise_first();
    raise_second();
}

namespace {

void raise(int depth) {
    int rounds = depth;
    if (depth == 1) return raise(0);
    std::thread other([&] { ++rounds; });
    ++rounds;
    other.join();
}

}  // namespace

REVENANT_EXPLORE("a function that calls itself") { raise(1); }
