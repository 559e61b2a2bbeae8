// Loops that wait and count their rounds, as locks with a back-off do: each round has another state, and a
// search that takes them all comes to no end. WRONG ON PURPOSE: those that do not say right.
#include <atomic>
#include <memory>
#include <revenant/explore.hpp>
#include <thread>
#include <utility>

namespace {

constexpr unsigned tries_before_it_yields = 100;
constexpr unsigned tries_before_it_sleeps = 1000;

class BackOffLock {
public:
    explicit BackOffLock(std::memory_order unlock_order) : unlock_order_(unlock_order) {}

    void lock() {
        for (unsigned tries = 0; is_held_.exchange(true, std::memory_order_acquire); ++tries) {
            if (tries >= tries_before_it_yields) std::this_thread::yield();
        }
    }
    void unlock() { is_held_.store(false, unlock_order_); }

private:
    std::atomic<bool> is_held_{false};
    std::memory_order unlock_order_;
};

void count_in_three_threads(std::memory_order unlock_order) {
    BackOffLock lock(unlock_order);
    int count = 0;
    const auto raise = [&] {
        lock.lock();
        ++count;
        lock.unlock();
    };
    std::thread second(raise);
    std::thread third(raise);
    raise();
    second.join();
    third.join();
    REVENANT_ENSURE(count == 3);
}

/// A flag that is polled for a while, and then slept for; the number of rounds lies in memory of the flag's.
class Event {
public:
    void set() {
        is_set_.store(1, std::memory_order_release);
        is_set_.notify_one();
    }
    void wait() {
        while (is_set_.load(std::memory_order_acquire) == 0) {
            if (++polls_ == tries_before_it_sleeps) return is_set_.wait(0);
        }
    }

private:
    std::atomic<int> is_set_{0};
    unsigned polls_ = 0;
};

// Of two threads that wait for each other, the second only for a while.
bool second_gives_up(unsigned rounds) {
    std::atomic<int> first_goes_on{0};
    std::atomic<int> second_goes_on{0};
    bool has_given_up = false;
    std::thread second([&] {
        for (unsigned i = 0; first_goes_on.load() == 0 && !has_given_up; ++i) has_given_up = i == rounds;
        second_goes_on.store(1);
    });
    while (second_goes_on.load() == 0) {
    }
    first_goes_on.store(1);
    second.join();
    return has_given_up;
}

}  // namespace

// Each round takes a reference and gives it back: the count is what it was, and has been another one.
REVENANT_EXPLORE("a wait until a weak pointer has expired right") {
    auto first = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = first;
    std::thread other([own = std::move(first)]() mutable { own.reset(); });
    while (watched.lock()) std::this_thread::yield();
    other.join();
}

REVENANT_EXPLORE("a wait until a weak pointer has expired, and what is written after that") {
    int data = 0;
    auto first = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = first;
    std::thread other([&data, own = std::move(first)]() mutable {
        own.reset();
        data = 1;
    });
    while (watched.lock()) std::this_thread::yield();
    REVENANT_ENSURE(data <= 1);
    other.join();
}

REVENANT_EXPLORE("a lock that backs off right") { count_in_three_threads(std::memory_order_release); }

REVENANT_EXPLORE("a lock that backs off and is given back relaxed") {
    count_in_three_threads(std::memory_order_relaxed);
}

REVENANT_EXPLORE("an event that is polled before it is slept for right") {
    int data = 0;
    Event event;
    std::thread setter([&] {
        data = 1;
        event.set();
    });
    event.wait();
    REVENANT_ENSURE(data == 1);
    setter.join();
}

// The one who waits polls until nobody else can go on, and then gives up.
REVENANT_EXPLORE("who waits alone gives up after many rounds") {
    REVENANT_ENSURE(!second_gives_up(tries_before_it_sleeps));
}

// No number of rounds is known after which it would.
REVENANT_EXPLORE("two wait for each other and one counts") { REVENANT_ENSURE(!second_gives_up(1'000'000)); }
