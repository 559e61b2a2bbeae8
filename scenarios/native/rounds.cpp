// Loops that wait, and what a round of theirs does besides: it may have a place in a bug that no other part
// of the thread has. WRONG ON PURPOSE: those that do not say right.
//
// The thread that waits says that it goes on without an order, so that whoever sees it so is in no order with
// its rounds.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <revenant/explore.hpp>
#include <semaphore>
#include <thread>
#include <utility>

namespace {

constexpr auto relaxed = std::memory_order_relaxed;

// Functions of their own: a round begins and ends with the same registers, and the first is like the second.
[[gnu::noinline]] void wait_and_read(std::atomic<int>& flag, const volatile int& data) {
    while (flag.load(relaxed) == 0) {
        [[maybe_unused]] const int read = data;
    }
}
[[gnu::noinline]] void wait_and_write(std::atomic<int>& flag, volatile int& data) {
    while (flag.load(relaxed) == 0) data = 5;
}
[[gnu::noinline]] void wait_and_load(std::atomic<int>& flag, std::atomic<int>& other) {
    while (flag.load(relaxed) == 0) static_cast<void>(other.load(relaxed));
}
[[gnu::noinline]] void wait_and_store(std::atomic<int>& flag, std::atomic<int>& other) {
    while (flag.load(relaxed) == 0) other.store(other.load(relaxed), relaxed);
}
[[gnu::noinline]] void wait_for(std::atomic<int>& flag) {
    while (flag.load() == 0) {
    }
}

[[gnu::noinline]] void wait_to_take(std::atomic<int>& flag) {
    for (int expected = 1; !flag.compare_exchange_strong(expected, 0); expected = 1) {
    }
}

/// One thread does `waits` with a flag; another sets the flag, and does `then` if it sees that the first has
/// gone on.
void wait_beside(const std::function<void(std::atomic<int>&)>& waits, const std::function<void()>& then) {
    std::atomic<int> flag{0};
    std::atomic<int> has_gone_on{0};
    std::thread waiting([&] {
        waits(flag);
        has_gone_on.store(1, relaxed);
    });
    flag.store(1, relaxed);
    if (has_gone_on.load(relaxed) == 1) then();
    waiting.join();
}

}  // namespace

REVENANT_EXPLORE("a round reads what another thread writes later") {
    int data = 0;
    wait_beside([&](auto& flag) { wait_and_read(flag, data); }, [&] { data = 1; });
}

REVENANT_EXPLORE("a round writes what is there, and another thread reads it later") {
    int data = 5;
    wait_beside([&](auto& flag) { wait_and_write(flag, data); }, [&] { REVENANT_ENSURE(data == 5); });
}

REVENANT_EXPLORE("a round loads from an atomic that is deleted later") {
    auto other = std::make_unique<std::atomic<int>>(0);
    wait_beside([own = other.get()](auto& flag) { wait_and_load(flag, *own); }, [&] { other.reset(); });
}

REVENANT_EXPLORE("a round loads from an atomic that is deleted at the end: right") {
    auto other = std::make_unique<std::atomic<int>>(0);
    wait_beside([own = other.get()](auto& flag) { wait_and_load(flag, *own); }, [] {});
    other.reset();
}

// The thread has read it before its loop too; but that, the writer knows of.
REVENANT_EXPLORE("a round reads what the thread has read before it released something") {
    int data = 0;
    std::atomic<int> released{0};
    wait_beside(
        [&](auto& flag) {
            REVENANT_ENSURE(data == 0);
            released.store(1, std::memory_order_release);
            wait_and_read(flag, data);
        },
        [&] {
            if (released.load(std::memory_order_acquire) == 1) data = 1;
        });
}

// A store, be it of the value that is there, is none that the release before goes on to.
REVENANT_EXPLORE("a round stores what is there, and ends what another thread has released") {
    std::atomic<int> other{0};
    std::atomic<int> flag{0};
    std::atomic<int> has_gone_on{0};
    int data = 0;
    std::thread waiting([&] {
        wait_and_store(flag, other);
        has_gone_on.store(1, relaxed);
    });
    std::thread writer([&] {
        data = 1;
        other.store(1, std::memory_order_release);
        flag.store(1, relaxed);
    });
    if (has_gone_on.load(relaxed) == 1 && other.load(std::memory_order_acquire) == 1) {
        REVENANT_ENSURE(data == 1);
    }
    waiting.join();
    writer.join();
}

// One thread is left behind while another still waits for either of two.
REVENANT_EXPLORE("a wait for one of two, behind another wait: right") {
    std::atomic<int> first{0};
    std::atomic<int> second{0};
    std::atomic<int> third{0};
    std::thread one([&] {
        wait_for(first);
        second.store(1);
    });
    std::thread other([&] { wait_and_load(second, third); });
    std::thread last([&] { first.store(1); });
    one.join();
    other.join();
    last.join();
}

// Who has read in vain sleeps until somebody writes; and once nobody else can go on, it wakes to find that
// nobody has.
REVENANT_EXPLORE("two wait for what nobody will do, beside one that works") {
    std::atomic<int> first{0};
    std::atomic<int> second{0};
    std::atomic<int> other{0};
    std::thread one([&] { wait_for(first); });
    std::thread another([&] { wait_to_take(second); });
    other.store(1);
    other.store(2);
    one.join();
    another.join();
}

// What the wait is in a race with comes before the store that ends it, and after its first round.
REVENANT_EXPLORE("an atomic is written plainly while another thread waits for it") {
    alignas(std::atomic<int>) static int plain;
    auto& flag = reinterpret_cast<std::atomic<int>&>(plain);
    static std::atomic<int> other;
    plain = 0;
    other = 0;
    std::thread waiting([&] { wait_for(flag); });
    std::thread writer([&] {
        other.store(1, relaxed);
        plain = 0;
        flag.store(1, std::memory_order_release);
    });
    waiting.join();
    writer.join();
}

// Something has been written that it may have read, though it has not.
REVENANT_EXPLORE("one waits for what nobody will do, while two others write something else") {
    std::atomic<int> flag{0};
    std::mutex mutex;
    int data = 0;
    const auto write = [&](int value) {
        const std::lock_guard lock(mutex);
        data += value;
    };
    std::thread one([&] { wait_for(flag); });
    std::thread other([&] { write(1); });
    std::thread last([&] { write(2); });
    one.join();
    other.join();
    last.join();
}

// The times pass only once the thread that waits is known to wait.
REVENANT_EXPLORE("times pass while another thread waits in a loop") {
    std::atomic<int> flag{0};
    std::thread waiting([&] { wait_for(flag); });
    std::thread other([&] {
        std::counting_semaphore<1> nobody_releases{0};
        for (int i = 0; i < 4; ++i) {
            static_cast<void>(nobody_releases.try_acquire_for(std::chrono::seconds(i + 1)));
        }
        REVENANT_ENSURE(flag.load() == 1);
        flag.store(1);
    });
    waiting.join();
    other.join();
}

// … and who has waited goes on then.
REVENANT_EXPLORE("times pass, and end what another thread waits for in a loop") {
    std::atomic<int> flag{0};
    std::thread waiting([&] {
        wait_for(flag);
        REVENANT_ENSURE(flag.load() != 1);
    });
    std::thread other([&] {
        std::counting_semaphore<1> nobody_releases{0};
        for (int i = 0; i < 4; ++i) {
            static_cast<void>(nobody_releases.try_acquire_for(std::chrono::seconds(i + 1)));
        }
        flag.store(1);
    });
    waiting.join();
    other.join();
}

// … though somebody has looked at the clock meanwhile, and two have written what it may have read.
REVENANT_EXPLORE("times pass where a condition variable is, while another thread waits in a loop") {
    std::atomic<int> flag{0};
    std::mutex mutex;
    std::condition_variable condition;
    int data = 0;
    std::thread waiting([&] { wait_for(flag); });
    std::thread writer([&] {
        const std::lock_guard lock(mutex);
        ++data;
    });
    std::thread other([&] {
        for (int i = 0; i < 3; ++i) {
            std::unique_lock lock(mutex);
            condition.wait_for(lock, std::chrono::seconds(1));
            ++data;
        }
        REVENANT_ENSURE(flag.load() == 1);
        flag.store(1);
    });
    waiting.join();
    writer.join();
    other.join();
}

// The last thread would have come first, whatever the one in the loop does.
REVENANT_EXPLORE("a thread ends the program with a mutex, while another waits in a loop") {
    static std::atomic<int> flag;
    static std::mutex mutex;
    flag = 0;
    std::thread waiting([] { wait_for(flag); });
    std::thread ending([] {
        mutex.lock();
        std::exit(0);
    });
    std::thread last([] {
        const std::lock_guard lock(mutex);
        REVENANT_ENSURE(flag.load() == 1);
    });
    waiting.join();
    ending.join();
    last.join();
}

// A load at one place, each time of another atomic, is no round. The pointer may lie in the register of the
// argument alone, which the call does not preserve.
struct Node {
    std::atomic<Node*> next{nullptr};
};

REVENANT_EXPLORE("a walk along a list comes to its end: right") {
    Node last;
    Node middle{&last};
    Node first{&middle};
    std::thread walking([&] {
        for (auto* node = &first; node != nullptr;) node = node->next.load();
    });
    walking.join();
}

REVENANT_EXPLORE("a walk along a list comes to its end before the list changes") {
    Node last;
    Node first{&last};
    std::atomic<bool> has_ended{false};
    std::thread walking([&] {
        for (auto* node = &first; node != nullptr;) node = node->next.load();
        has_ended = true;
    });
    const bool had_ended = has_ended;
    first.next = nullptr;
    walking.join();
    REVENANT_ENSURE(!had_ended);
}
