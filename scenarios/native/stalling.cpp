// A thread that nobody hears of. WRONG ON PURPOSE: all but those whose names say that they are right.
#include <atomic>
#include <revenant/explore.hpp>
#include <thread>

namespace {

// No access that the compiler announces, as inline assembler has none.
__attribute__((noinline)) void stand_still() {
    while (true) asm volatile("");
}

__attribute__((noinline)) void take_a_while() {
    for (int i = 0; i < 100'000'000; ++i) asm volatile("");
}

// More accesses than a thread may make that others could be waited for.
__attribute__((noinline)) int count_far() {
    volatile int count = 0;
    while (count < 9'000'000) count = count + 1;
    return count;
}

}  // namespace

REVENANT_EXPLORE("a loop that announces nothing") {
    std::atomic<int> count{0};
    std::thread other([&] {
        if (count == 1) stand_still();
    });
    ++count;
    other.join();
}

REVENANT_EXPLORE("work that announces nothing, and has an end: right") {
    std::atomic<int> count{0};
    std::thread other([&] {
        take_a_while();
        ++count;
    });
    ++count;
    other.join();
}

REVENANT_EXPLORE("much work while there is no other thread: right") {
    std::atomic<int> count{count_far()};
    std::thread other([&] { ++count; });
    ++count;
    other.join();
    REVENANT_ENSURE(count == count_far() + 2);
}
