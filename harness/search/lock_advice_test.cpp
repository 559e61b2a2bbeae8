#include "harness/search/lock_advice.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "harness/search/check.hpp"
#include "harness/search/search_row.hpp"

namespace revenant::harness {
namespace {

using P = world;

constexpr const char* advice_end = ": P::mutex in its place has far fewer executions.";

/// A lock as code has it that was there before std::mutex.
template <class Platform>
class Spin {
public:
    void lock() {
        int free = 0;
        while (
            !word_.compare_exchange_weak(free, 1, std::memory_order::acquire, std::memory_order::relaxed)) {
            free = 0;
            Platform::yield();
        }
    }
    void unlock() { word_.store(0, std::memory_order::release); }

private:
    typename Platform::template atomic<int> word_{0, {"word"}};
};

template <class Platform>
class Flag {
public:
    void lock() {
        while (flag_.test_and_set(std::memory_order::acquire)) Platform::yield();
    }
    void unlock() { flag_.clear(std::memory_order::release); }

private:
    typename Platform::atomic_flag flag_;
};

/// A lock that is only tried: whoever does not get it goes without.
template <class Platform>
class Busy {
public:
    void lock() { taken_ = !busy_.exchange(true, std::memory_order::acquire); }
    void unlock() {
        if (taken_) busy_.store(false, std::memory_order::release);
    }

private:
    typename Platform::template atomic<bool> busy_{false, {"busy"}};
    bool taken_ = false;
};

/// A count that compare_exchange raises and lowers.
template <class Platform>
class Count {
public:
    void lock() {
        int seen = count_.load(std::memory_order::relaxed);
        while (!count_.compare_exchange_weak(seen, seen + 1, std::memory_order::acq_rel,
                                             std::memory_order::relaxed)) {
        }
    }
    void unlock() {
        int seen = count_.load(std::memory_order::relaxed);
        while (!count_.compare_exchange_weak(seen, seen - 1, std::memory_order::acq_rel,
                                             std::memory_order::relaxed)) {
        }
    }

private:
    typename Platform::template atomic<int> count_{0, {"count"}};
};

struct Work {
    unsigned threads = 2;
    int times = 2;  ///< that each takes the lock
    /// An order in which they must not have come, a bit each.
    int never = 0;
};

/// Each thread writes down under the lock who it is.
template <class Lock>
auto in_turns(const Work& work) {
    return [work](auto& s) {
        auto& lock = s.template make<Lock>("spin");
        auto& order = s.template make<P::atomic<int>>("order", 1);
        for (unsigned thread = 0; thread < s.count(); ++thread) {
            s.thread("take", [&lock, &order, thread, work] {
                for (int i = 0; i < work.times; ++i) {
                    lock.lock();
                    const int before = order.load(std::memory_order::relaxed);
                    order.store(2 * before + static_cast<int>(thread), std::memory_order::relaxed);
                    lock.unlock();
                }
            });
        }
        s.at_end([&s, &order, work] {
            s.require(order.load(std::memory_order::relaxed) != work.never, "not in this order");
        });
    };
}

template <class Lock>
check_result searched(const Work& work = {}, const check_options& options = {}) {
    return check<P>(work.threads, in_turns<Lock>(work), options);
}

bool has_advice(const check_result& result,
                const std::string& lock = "spin#1.word is a lock made of compare_exchange") {
    const auto& text = result.text();
    return text.find("\n" + lock + " at harness/search/lock_advice_test.cpp:") != std::string::npos &&
           text.ends_with(advice_end);
}

TEST_CASE("a lock of a body's own is named, and a mutex in its place has far fewer executions") {
    struct Case {
        Work work;
        std::uint64_t spin;
        std::uint64_t mutex;
    };
    // The numbers of impl/README.md.
    for (const auto& [work, with_spin, with_mutex] : {Case{{2, 2}, 2846, 6}, Case{{3, 1}, 1341, 6}}) {
        const auto spin = searched<Spin<P>>(work);
        CHECK(spin);
        CHECK_MESSAGE(has_advice(spin), spin.text());
        CHECK(spin.executions() == with_spin);
        const auto mutex = searched<P::mutex>(work);
        CHECK(mutex);
        CHECK(mutex.executions() == with_mutex);
    }
    const auto flag = searched<Flag<P>>();
    CHECK_MESSAGE(has_advice(flag, "spin#1.value is a lock made of test_and_set"), flag.text());
}

TEST_CASE("the advice comes with every verdict") {
    const auto undecided = searched<Spin<P>>({}, {.executions = 200});
    CHECK(undecided.verdict() == model::Verdict::undecided);
    CHECK_MESSAGE(has_advice(undecided), undecided.text());
    const auto broken = searched<Spin<P>>({.never = 0b1'1001});
    CHECK(broken.verdict() == model::Verdict::broken);
    CHECK_MESSAGE(has_advice(broken), broken.text());
    CHECK(broken.text().find("schedule: ") != std::string::npos);
}

TEST_CASE("no advice where a mutex would not make the search smaller") {
    const auto has_none = [](const check_result& result) {
        CHECK_MESSAGE(result.text().find("mutex in its place") == std::string::npos, result.text());
    };
    has_none(searched<P::mutex>());
    const auto busy = searched<Busy<P>>();
    CHECK(busy.executions() >= executions_worth_advice);
    has_none(busy);
    has_none(searched<Count<P>>({}, {.executions = 1000}));
    has_none(searched<Spin<P>>({}, {.executions = executions_worth_advice - 1}));
}

TEST_CASE("the advice is the same however many processes search, and for each strategy") {
    scenarios::Entry entry;
    entry.scenario = "in turns";
    entry.implementation = "spin";
    entry.make = [](unsigned count) {
        const auto body = in_turns<Spin<P>>({});
        return std::make_unique<body_program<P, decltype(body)>>(count, body);
    };
    SearchSettings settings;
    const auto alone = search_row({&entry, 2}, settings).advice;
    CHECK(alone.starts_with("spin#1.word"));
    settings.jobs = 2;
    CHECK(search_row({&entry, 2}, settings).advice == alone);
    settings.jobs = 1;
    settings.budget_executions = 500;
    for (const auto strategy : {StrategyName::random, StrategyName::pct, StrategyName::bounded}) {
        settings.strategy = strategy;
        CHECK(search_row({&entry, 2}, settings).advice == alone);
    }
}

}  // namespace
}  // namespace revenant::harness
