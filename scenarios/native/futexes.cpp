// Futexes by their system call. WRONG ON PURPOSE, or asking for what there is no model of: all but those
// whose names say that they are right.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <revenant/explore.hpp>
#include <thread>

namespace {

constexpr auto relaxed = std::memory_order_relaxed;

long futex(void* word, int operation, unsigned value, std::uint32_t bits = 0) {
    return ::syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, bits);
}
/// Whether somebody has woken the thread.
bool wait_while(void* word, unsigned value) { return futex(word, FUTEX_WAIT, value) == 0; }
long wake(void* word, unsigned count) { return futex(word, FUTEX_WAKE, count); }

}  // namespace

// The other's addition may come before the one that wakes: then it acquires nothing.
REVENANT_EXPLORE("an addition in no order with one that wakes, and with what was written before that") {
    std::atomic<int> word{0};
    std::atomic<int> woken{0};
    int data = 0;
    std::thread waiting([&] { wait_while(&word, 0); });
    std::thread other([&] {
        word.fetch_add(1, std::memory_order_acquire);
        if (woken.load(relaxed) == 1) data = 2;
    });
    data = 1;
    word.fetch_add(1, std::memory_order_release);
    if (wake(&word, 1) == 1) woken.store(1, relaxed);
    waiting.join();
    other.join();
}

REVENANT_EXPLORE("a word that another thread writes as plain data") {
    alignas(8) int word = 0;
    std::thread waiting([&] { wait_while(&word, 0); });
    word = 1;
    wake(&word, 1);
    waiting.join();
}

REVENANT_EXPLORE("a plain word that was written before: right") {
    alignas(8) int word = 1;
    std::thread waiting([&] { wait_while(&word, 0); });
    waiting.join();
    word = 2;
}

REVENANT_EXPLORE("a word that has been freed") {
    auto word = std::make_unique<std::atomic<int>>(1);
    std::atomic<bool> is_over{false};
    std::thread waiting([&, at = word.get()] {
        while (!is_over.load(relaxed)) std::this_thread::yield();
        wait_while(at, 0);
    });
    word.reset();
    is_over.store(true, relaxed);
    waiting.join();
}

REVENANT_EXPLORE("who is woken knows the word of who has woken it: right") {
    std::atomic<int> word{0};
    std::thread waiting([&] {
        if (wait_while(&word, 0)) REVENANT_ENSURE(word.load(relaxed) == 1);
    });
    word.store(1, relaxed);
    wake(&word, 1);
    waiting.join();
}

REVENANT_EXPLORE("and who comes after it knows it as well: right") {
    std::atomic<int> word{0};
    std::atomic<bool> is_woken{false};
    std::thread waiting([&] {
        if (wait_while(&word, 0)) is_woken.store(true, std::memory_order_release);
    });
    std::thread other([&] {
        word.store(1, relaxed);
        wake(&word, 1);
    });
    if (is_woken.load(std::memory_order_acquire)) REVENANT_ENSURE(word.load(relaxed) == 1);
    waiting.join();
    other.join();
}

REVENANT_EXPLORE("a word that is written as plain data in no order with a look at it") {
    std::atomic<int> word{0};
    word.store(0);
    std::atomic<bool> has_waited{false};
    std::thread waiting([&] {
        wait_while(&word, 1);
        has_waited.store(true, relaxed);
    });
    if (has_waited.load(relaxed)) *reinterpret_cast<volatile int*>(&word) = 1;
    waiting.join();
}

REVENANT_EXPLORE("who has waited has seen the word: right") {
    std::atomic<int> word{0};
    std::thread other([&] {
        word.store(1, relaxed);
        wake(&word, 1);
    });
    const timespec a_while{0, 1000};
    ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, &a_while, nullptr, 0);
    const bool timed_out = errno == ETIMEDOUT;
    if (timed_out) REVENANT_ENSURE(word.load(relaxed) == 1);
    other.join();
}

REVENANT_EXPLORE("a wake for none wakes one: right") {
    std::atomic<int> word{0};
    std::atomic<long> woken{0};
    std::thread other([&] {
        word = 1;
        woken = wake(&word, 0);
    });
    const bool was_woken = wait_while(&word, 0);
    other.join();
    REVENANT_ENSURE(woken == (was_woken ? 1 : 0));
}

REVENANT_EXPLORE("a word that lies askew: right") {
    alignas(8) char bytes[8] = {};
    REVENANT_ENSURE(!wait_while(&bytes[1], 0) && errno == EINVAL);
    errno = 0;
    REVENANT_ENSURE(wake(&bytes[1], 1) == -1 && errno == EINVAL);
}

REVENANT_EXPLORE("the upper half of an atomic") {
    std::atomic<std::uint64_t> whole{0};
    auto* const upper = reinterpret_cast<char*>(&whole) + sizeof(int);
    std::thread waiting([&] { wait_while(upper, 0); });
    whole.store(std::uint64_t{1} << 32);
    wake(upper, 1);
    waiting.join();
}

REVENANT_EXPLORE("a set of bits") {
    std::atomic<int> word{0};
    std::thread other([&] { futex(&word, FUTEX_WAKE_BITSET, 1, 2); });
    futex(&word, FUTEX_WAIT_BITSET, 0, 1);
    other.join();
}

// Under `full` alone the addition is in an order with the load.
REVENANT_EXPLORE("a load in no order with an addition") {
    std::atomic<int> count{0};
    std::thread other([&] { REVENANT_ENSURE(count.load(relaxed) == 1); });
    count.fetch_add(1, relaxed);
    other.join();
}
