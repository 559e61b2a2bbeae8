// The contract of a Platform, run over both production platforms. What a failed check does is in
// refcount/checks_test.cpp.
#include <revenant/std_platform.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <revenant/debug_platform.hpp>

#define REVENANT_EVERY_PLATFORM revenant::std_platform, revenant::debug_platform

namespace revenant {
namespace {

constexpr auto relaxed = std::memory_order::relaxed;
constexpr int rounds = 20'000;

template <class Body>
void on_two_threads(Body body) {
    std::thread other(body);
    body();
    other.join();
}

TEST_CASE_TEMPLATE("platform.atomic starts with its initial value", P, REVENANT_EVERY_PLATFORM) {
    const typename P::template atomic<std::uint32_t> named(7, {"strong", cell_role::strong_count});
    const typename P::template atomic<int*> nameless(nullptr);
    CHECK(named.load(relaxed) == 7);
    CHECK(nameless.load(relaxed) == nullptr);
}

TEST_CASE_TEMPLATE("platform.atomic returns the old value and keeps the new one", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::template atomic<std::uint32_t> cell(1);
    cell.store(5, relaxed);
    CHECK(cell.load(relaxed) == 5);
    CHECK(cell.exchange(6, relaxed) == 5);
    CHECK(cell.fetch_add(3, relaxed) == 6);
    CHECK(cell.fetch_sub(2, relaxed) == 9);
    CHECK(cell.load(relaxed) == 7);
}

TEST_CASE_TEMPLATE("platform.atomic wraps at both ends of its range", P, REVENANT_EVERY_PLATFORM) {
    constexpr auto max = std::numeric_limits<std::uint32_t>::max();
    typename P::template atomic<std::uint32_t> cell(0);
    CHECK(cell.fetch_sub(1, relaxed) == 0);
    CHECK(cell.load(relaxed) == max);
    CHECK(cell.fetch_add(1, relaxed) == max);
    CHECK(cell.load(relaxed) == 0);
}

TEST_CASE_TEMPLATE("platform.atomic CAS changes the cell only if it holds what was expected", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::template atomic<std::uint32_t> cell(1);
    std::uint32_t expected = 2;
    CHECK_FALSE(cell.compare_exchange_strong(expected, 9, relaxed, relaxed));
    CHECK(expected == 1);
    CHECK(cell.load(relaxed) == 1);
    CHECK(cell.compare_exchange_strong(expected, 9, relaxed, relaxed));
    CHECK(expected == 1);
    CHECK(cell.load(relaxed) == 9);

    CHECK_FALSE(cell.compare_exchange_weak(expected, 4, relaxed, relaxed));
    CHECK(expected == 9);
    while (!cell.compare_exchange_weak(expected, 4, relaxed, relaxed)) CHECK(expected == 9);
    CHECK(cell.load(relaxed) == 4);
}

TEST_CASE_TEMPLATE("platform.atomic loses no update of two threads", P, REVENANT_EVERY_PLATFORM) {
    typename P::template atomic<std::uint32_t> added(0);
    typename P::template atomic<std::uint32_t> swapped(0);
    on_two_threads([&] {
        for (int i = 0; i < rounds; ++i) {
            added.fetch_add(3, relaxed);
            added.fetch_sub(1, relaxed);
            auto seen = swapped.load(relaxed);
            while (!swapped.compare_exchange_weak(seen, seen + 1, relaxed, relaxed)) {
            }
        }
    });
    CHECK(added.load(relaxed) == 2 * 2 * rounds);
    CHECK(swapped.load(relaxed) == 2 * rounds);
}

// On x86 only ThreadSanitizer notices an order that was dropped.
TEST_CASE_TEMPLATE("platform.atomic passes its orders on: a release publishes to an acquire", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::template var<int> payload(0);
    typename P::template atomic<std::uint32_t> flag(0);
    std::thread writer([&] {
        payload.set(42);
        flag.store(1, std::memory_order::release);
    });
    while (flag.load(std::memory_order::acquire) == 0) std::this_thread::yield();
    CHECK(payload.get() == 42);
    writer.join();
}

TEST_CASE_TEMPLATE("platform.var holds what was set last, movable types included", P,
                   REVENANT_EVERY_PLATFORM) {
    typename P::template var<std::string> text("first", {"text"});
    CHECK(text.get() == "first");
    text.set("second");
    CHECK(text.get() == "second");
    typename P::template var<std::unique_ptr<int>> owner(std::make_unique<int>(1));
    owner.set(std::make_unique<int>(2));
    CHECK(*owner.get() == 2);
}

TEST_CASE_TEMPLATE("platform.mutex lets one thread in at a time", P, REVENANT_EVERY_PLATFORM) {
    typename P::mutex mutex{cell_name{"mutex"}};
    int plain = 0;
    on_two_threads([&] {
        for (int i = 0; i < rounds; ++i) {
            const scoped_lock lock(mutex);
            ++plain;
        }
    });
    CHECK(plain == 2 * rounds);
}

struct counted_arguments {
    counted_arguments(int& live, std::unique_ptr<int> moved) : live_(live), owned(std::move(moved)) {
        ++live_;
    }
    ~counted_arguments() { --live_; }
    int& live_;
    std::unique_ptr<int> owned;
};

TEST_CASE_TEMPLATE("platform.make constructs with its arguments, destroy ends the object once", P,
                   REVENANT_EVERY_PLATFORM) {
    int live = 0;
    using T = counted_arguments;
    T* const object = P::template make<T>("label", live, std::make_unique<int>(3));
    CHECK(live == 1);
    CHECK(*object->owned == 3);
    P::destroy(object);
    CHECK(live == 0);
}

TEST_CASE_TEMPLATE("platform.check of something true returns", P, REVENANT_EVERY_PLATFORM) {
    P::check(true, check_kind::assertion, "never said");
    P::fence(std::memory_order::seq_cst);
}

TEST_CASE_TEMPLATE("platform.require of a rule that holds returns; moments cannot be told, and are over", P,
                   REVENANT_EVERY_PLATFORM) {
    P::require(true, "it holds");
    CHECK_FALSE(P::tells_moments);
    CHECK(P::is_over(P::now()));
    CHECK_FALSE(P::tells_every_step);
    bool is_looked_at = false;
    P::at_every_step([&] { return !(is_looked_at = true); }, "is not looked at");
    CHECK_FALSE(is_looked_at);
}

TEST_CASE_TEMPLATE("platform cells are as small as the standard ones", P, REVENANT_EVERY_PLATFORM) {
    CHECK(sizeof(typename P::template atomic<std::uint32_t>) == sizeof(std::atomic<std::uint32_t>));
    CHECK(sizeof(typename P::template var<char>) == sizeof(char));
    CHECK(sizeof(typename P::mutex) == sizeof(std::mutex));
}

struct recording_mutex {
    void lock(std::source_location where) { locked.push_back(where.line()); }
    void unlock(std::source_location where) { unlocked.push_back(where.line()); }
    std::vector<unsigned> locked, unlocked;
};

TEST_CASE("scoped_lock unlocks once, at its end, in the name of the line that locked") {
    recording_mutex mutex;
    const unsigned line = __LINE__ + 2;
    {
        const scoped_lock lock(mutex);
        CHECK(mutex.locked == std::vector{line});
        CHECK(mutex.unlocked.empty());
    }
    CHECK(mutex.locked == std::vector{line});
    CHECK(mutex.unlocked == std::vector{line});
}

}  // namespace
}  // namespace revenant
