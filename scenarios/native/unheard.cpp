// Loops of notifications that nobody hears, and of tries for a lock that others hold: they wait until
// somebody comes, or gives it back. WRONG ON PURPOSE: those that do not say right.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <revenant/explore.hpp>
#include <shared_mutex>
#include <thread>

namespace {

// Functions of their own: a round begins and ends with the same registers, and the first is like the second.
[[gnu::noinline]] void ring(std::condition_variable& condition, const std::atomic<int>& until) {
    while (until.load() == 0) condition.notify_one();
}
[[gnu::noinline]] void ring_with(std::mutex& mutex, std::condition_variable& condition,
                                 const std::atomic<int>& until) {
    while (until.load() == 0) {
        const std::lock_guard lock(mutex);
        condition.notify_all();
    }
}
[[gnu::noinline]] void ring(std::atomic<int>& word, const std::atomic<int>& until) {
    while (until.load() == 0) word.notify_one();
}
long futex(std::atomic<int>& word, int operation, int value) {
    return syscall(SYS_futex, &word, operation, value, nullptr, nullptr, 0);
}
[[gnu::noinline]] void wake_one(std::atomic<int>& word) {
    while (futex(word, FUTEX_WAKE_PRIVATE, 1) == 0) {
    }
}
[[gnu::noinline]] void take(std::shared_mutex& mutex) {
    while (!mutex.try_lock()) {
    }
}
[[gnu::noinline]] void take_a_share(std::shared_mutex& mutex) {
    while (!mutex.try_lock_shared()) {
    }
}

struct Bell {
    void wait() {
        std::unique_lock lock(mutex);
        condition.wait(lock);
    }
    std::mutex mutex;
    std::condition_variable condition;
    std::atomic<int> heard{0};
};

}  // namespace

REVENANT_EXPLORE("a condition variable is notified until somebody has heard: right") {
    Bell bell;
    std::thread ringing([&] { ring(bell.condition, bell.heard); });
    bell.wait();
    bell.heard = 1;
    ringing.join();
}

REVENANT_EXPLORE("a condition variable is notified with its mutex until somebody has heard: right") {
    Bell bell;
    std::thread ringing([&] { ring_with(bell.mutex, bell.condition, bell.heard); });
    bell.wait();
    bell.heard = 1;
    ringing.join();
}

REVENANT_EXPLORE("a condition variable is notified until somebody has heard, and has done more") {
    Bell bell;
    std::atomic<int> more{0};
    std::thread ringing([&] {
        ring(bell.condition, bell.heard);
        REVENANT_ENSURE(more.load() == 1);
    });
    bell.wait();
    bell.heard = 1;
    more = 1;
    ringing.join();
}

REVENANT_EXPLORE("a condition variable is notified for two that wait, until one of them has heard") {
    Bell bell;
    std::thread one([&] { bell.wait(); });
    std::thread ringing([&] { ring(bell.condition, bell.heard); });
    bell.wait();
    bell.heard = 1;
    ringing.join();
    one.join();
}

REVENANT_EXPLORE("a condition variable is notified that nobody waits for") {
    Bell bell;
    std::thread ringing([&] { ring(bell.condition, bell.heard); });
    ringing.join();
}

REVENANT_EXPLORE("an atomic is notified until somebody has heard: right") {
    std::atomic<int> word{0};
    std::atomic<int> heard{0};
    std::thread ringing([&] {
        word = 1;
        ring(word, heard);
    });
    word.wait(0);
    heard = 1;
    ringing.join();
}

REVENANT_EXPLORE("a futex is woken until somebody waits: right") {
    std::atomic<int> word{0};
    std::thread waking([&] { wake_one(word); });
    futex(word, FUTEX_WAIT_PRIVATE, 0);
    waking.join();
}

REVENANT_EXPLORE("a futex is woken until somebody waits, who need not wait") {
    std::atomic<int> word{0};
    std::thread waking([&] { wake_one(word); });
    std::thread changing([&] { word = 1; });
    futex(word, FUTEX_WAIT_PRIVATE, 0);
    waking.join();
    changing.join();
}

REVENANT_EXPLORE("a shared_mutex is tried for until it is free: right") {
    std::shared_mutex mutex;
    int data = 0;
    mutex.lock_shared();
    std::thread trying([&] {
        take(mutex);
        data = 1;
        mutex.unlock();
    });
    REVENANT_ENSURE(data == 0);
    mutex.unlock_shared();
    trying.join();
}

REVENANT_EXPLORE("a share is tried for until nobody writes: right") {
    std::shared_mutex mutex;
    int data = 0;
    mutex.lock();
    std::thread trying([&] {
        take_a_share(mutex);
        REVENANT_ENSURE(data == 1);
        mutex.unlock_shared();
    });
    data = 1;
    mutex.unlock();
    trying.join();
}

REVENANT_EXPLORE("a share is tried for until nobody writes, and somebody writes later") {
    std::shared_mutex mutex;
    int data = 0;
    mutex.lock();
    std::thread trying([&] {
        take_a_share(mutex);
        REVENANT_ENSURE(data <= 1);
        mutex.unlock_shared();
    });
    mutex.unlock();
    data = 1;
    trying.join();
}

REVENANT_EXPLORE("a shared_mutex is tried for of which another thread keeps a share") {
    std::shared_mutex mutex;
    mutex.lock_shared();
    std::thread trying([&] { take(mutex); });
    trying.join();
    mutex.unlock_shared();
}

// What a round keeps, the next cannot have.
REVENANT_EXPLORE("a round takes a shared_mutex and keeps it") {
    std::shared_mutex mutex;
    std::atomic<int> flag{0};
    std::thread waiting([&] {
        while (flag.load() == 0) REVENANT_ENSURE(mutex.try_lock());
        if (flag.load() != 2) mutex.unlock();
    });
    flag = 1;
    waiting.join();
}
