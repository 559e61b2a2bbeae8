// The contract of what a Platform's threads wait for, and of the locks that hold it, run over both
// production platforms.
#include <revenant/std_sync.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>

#define REVENANT_EVERY_PLATFORM revenant::std_platform, revenant::debug_platform

namespace revenant {
namespace {

constexpr int rounds = 2'000;
constexpr int turns = 100;  // each is a switch of threads, which a busy machine takes its time for
using namespace std::chrono_literals;

template <class Body>
void on_two_threads(Body body) {
    std::thread other([&] { body(1); });
    body(0);
    other.join();
}

TEST_CASE_TEMPLATE("a try takes what is free, and another thread's try then fails", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::mutex mutex;
    typename P::recursive_mutex recursive;
    typename P::shared_mutex shared;
    REQUIRE(mutex.try_lock());
    REQUIRE(recursive.try_lock());
    REQUIRE(recursive.try_lock());
    REQUIRE(shared.try_lock());
    const auto fail = [&] {
        CHECK_FALSE(mutex.try_lock());
        CHECK_FALSE(recursive.try_lock());
        CHECK_FALSE(shared.try_lock());
        CHECK_FALSE(shared.try_lock_shared());
    };
    std::thread(fail).join();
    mutex.unlock();
    recursive.unlock();
    recursive.unlock();
    shared.unlock();
    std::thread([&] {
        CHECK(mutex.try_lock());
        CHECK(recursive.try_lock());
        CHECK(shared.try_lock_shared());
        mutex.unlock();
        recursive.unlock();
        shared.unlock_shared();
    }).join();
}

TEST_CASE_TEMPLATE("several are taken at once, in any order of the arguments", P, REVENANT_EVERY_PLATFORM) {
    typename P::mutex a, b;
    typename P::recursive_mutex c;
    int plain = 0;
    on_two_threads([&](int thread) {
        for (int i = 0; i < rounds; ++i) {
            if (thread == 0) {
                const scoped_lock all(a, b, c);
                ++plain;
            } else {
                lock(c, b, a);
                ++plain;
                a.unlock();
                b.unlock();
                c.unlock();
            }
        }
    });
    CHECK(plain == 2 * rounds);
}

TEST_CASE_TEMPLATE("a shared mutex lets readers in together, and a writer alone", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::shared_mutex mutex;
    int plain = 0;
    {
        const shared_lock mine(mutex);
        std::thread([&] {
            const shared_lock theirs(mutex);
            CHECK_FALSE(mutex.try_lock());
        }).join();
    }
    on_two_threads([&](int thread) {
        for (int i = 0; i < rounds; ++i) {
            if (thread == 0) {
                const scoped_lock lock(mutex);
                ++plain;
            } else {
                const shared_lock lock(mutex);
                CHECK(plain <= rounds);
            }
        }
    });
    CHECK(plain == rounds);
}

TEST_CASE_TEMPLATE("a condition variable wakes who waits, once what it waits for is so", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::mutex mutex;
    typename P::condition_variable changed;
    int turn = 0;
    on_two_threads([&](int thread) {
        for (int i = 0; i < turns; ++i) {
            unique_lock lock(mutex);
            if (i % 2 == 0) {
                changed.wait(lock, [&] { return turn == thread; });
            } else {
                while (turn != thread) changed.wait(lock);
            }
            CHECK(lock.owns_lock());
            turn = 1 - thread;
            lock.unlock();
            i % 3 == 0 ? changed.notify_all() : changed.notify_one();
        }
    });
}

TEST_CASE_TEMPLATE("a wait with a time limit ends without a notification", P, REVENANT_EVERY_PLATFORM) {
    typename P::mutex mutex;
    typename P::condition_variable never;
    unique_lock lock(mutex);
    const auto no = [] { return false; };
    while (never.wait_for(lock, 1us) != std::cv_status::timeout) {
    }
    while (never.wait_until(lock, std::chrono::steady_clock::now()) != std::cv_status::timeout) {
    }
    CHECK_FALSE(never.wait_for(lock, 1us, no));
    CHECK_FALSE(never.wait_until(lock, std::chrono::steady_clock::now(), no));
    CHECK(lock.owns_lock());
    CHECK(never.wait_for(lock, 1h, [] { return true; }));
}

TEST_CASE_TEMPLATE("what is done once is done by one thread", P, REVENANT_EVERY_PLATFORM) {
    typename P::once_flag flag;
    int plain = 0;
    on_two_threads([&](int) {
        P::call_once(flag, [&] { ++plain; });
        CHECK(plain == 1);
    });
}

TEST_CASE_TEMPLATE("who waits for a latch goes on when it has been counted down", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::latch ready(3);
    typename P::latch both(2);
    std::atomic<bool> has_waited{false};
    int plain = 0;
    on_two_threads([&](int thread) {
        if (thread == 0) {
            plain = 1;
            ready.count_down(2);
            std::this_thread::sleep_for(5ms);  // enough for one that does not wait
            CHECK_FALSE(has_waited);
            ready.count_down();
        } else {
            ready.wait();
            has_waited = true;
            CHECK(plain == 1);
        }
        both.arrive_and_wait();
        both.wait();
    });
    CHECK(P::latch::max() > 3);
}

TEST_CASE_TEMPLATE("each thread has a number of its own, and keeps it", P, REVENANT_EVERY_PLATFORM) {
    const unsigned mine = P::this_thread_id();
    unsigned theirs = 0;
    std::thread([&] { theirs = P::this_thread_id(); }).join();
    CHECK(mine != 0);
    CHECK(theirs != 0);
    CHECK(mine != theirs);
    CHECK(P::this_thread_id() == mine);
}

TEST_CASE_TEMPLATE("a unique_lock holds what it says, and gives it back at its end", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::mutex mutex;
    {
        unique_lock lock(mutex);
        CHECK(lock.owns_lock());
        CHECK(lock.mutex() == &mutex);
        lock.unlock();
        CHECK(mutex.try_lock());
        mutex.unlock();
        lock.lock();
        auto moved = std::move(lock);
        CHECK(moved.owns_lock());
    }
    unique_lock later(mutex, std::defer_lock);
    CHECK_FALSE(later.owns_lock());
    CHECK(later.try_lock());
    std::thread([&] { CHECK_FALSE(unique_lock(mutex, std::try_to_lock).owns_lock()); }).join();
}

}  // namespace
}  // namespace revenant
