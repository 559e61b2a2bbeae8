// Loops that wait: exploration ends, what they wait for is seen, and what never comes is a livelock.
#include <doctest/doctest.h>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/dpor.hpp"
#include "model/search/full.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;
using std::memory_order;

/// Two flags, a counter and plain data, for the threads of `Act`.
template <class Act>
class Flags final : public Program {
public:
    void setup() override {
        all_ = P::make<All>("flags");
        Act::begin();
    }
    void thread(unsigned index) override { Act::act(index, *all_); }
    void teardown() override { P::destroy(all_); }

    struct All {
        P::atomic<int> x{0, {"x"}};
        P::atomic<int> y{0, {"y"}};
        P::var<int> data{0, {"data"}};
        P::mutex mutex{{"mutex"}};
    };

private:
    All* all_ = nullptr;
};

template <class Act>
using All = typename Flags<Act>::All;

struct Quiet {
    static void begin() {}
};

struct Publication : Quiet {
    static void act(unsigned index, auto& all) {
        if (index == 0) {
            all.data.set(1);
            all.x.store(1, memory_order::release);
        } else {
            while (all.x.load(memory_order::acquire) == 0) P::yield();
            P::check(all.data.get() == 1, check_kind::assertion, "what was published is seen");
        }
    }
};
struct RelaxedPublication : Quiet {
    static void act(unsigned index, auto& all) {
        if (index == 0) {
            all.data.set(1);
            all.x.store(1, memory_order::relaxed);
        } else {
            while (all.x.load(memory_order::relaxed) == 0) P::yield();
            static_cast<void>(all.data.get());
        }
    }
};
struct NeverSet : Quiet {
    static void act(unsigned index, auto& all) {
        if (index == 0) {
            all.x.store(0, memory_order::release);
        } else {
            while (all.x.load(memory_order::acquire) == 0) P::yield();
        }
    }
};
struct SetTooEarly : Quiet {  // a waiter that comes late has missed it
    static void act(unsigned index, auto& all) {
        if (index == 0) {
            all.x.store(1, memory_order::seq_cst);
            all.x.store(0, memory_order::seq_cst);
        } else {
            while (all.x.load(memory_order::seq_cst) == 0) P::yield();
        }
    }
};
struct EachForTheOther : Quiet {
    static void act(unsigned index, auto& all) {
        auto& theirs = index == 0 ? all.y : all.x;
        auto& mine = index == 0 ? all.x : all.y;
        while (theirs.load(memory_order::acquire) == 0) P::yield();
        mine.store(1, memory_order::release);
    }
};
struct SpinLock : Quiet {
    static void act(unsigned, auto& all) {
        while (all.x.exchange(1, memory_order::acquire) == 1) P::yield();
        all.data.set(all.data.get() + 1);
        all.x.store(0, memory_order::release);
    }
};
struct RelaxedSpinLock : Quiet {
    static void act(unsigned, auto& all) {
        while (all.x.exchange(1, memory_order::acquire) == 1) P::yield();
        all.data.set(all.data.get() + 1);
        all.x.store(0, memory_order::relaxed);
    }
};
struct PollUnderMutex : Quiet {
    static void act(unsigned index, auto& all) {
        while (true) {
            all.mutex.lock();
            if (index == 0) all.data.set(1);
            const bool done = all.data.get() == 1;
            all.mutex.unlock();
            if (done) return;
            P::yield();
        }
    }
};
struct TwoFlags : Quiet {  // waits for either of two
    static void act(unsigned index, auto& all) {
        if (index == 0) return all.y.store(1, memory_order::release);
        while (all.x.load(memory_order::acquire) == 0 && all.y.load(memory_order::acquire) == 0) P::yield();
    }
};
struct CountsUp : Quiet {  // what it reads it changes itself
    static void act(unsigned, auto& all) {
        while (all.x.fetch_add(1, memory_order::acq_rel) < 3) P::yield();
    }
};
struct BothGiveWay : Quiet {  // each raises its flag, sees the other's and takes its own down again
    static void act(unsigned index, auto& all) {
        auto& mine = index == 0 ? all.x : all.y;
        auto& theirs = index == 0 ? all.y : all.x;
        while (true) {
            mine.store(1, memory_order::seq_cst);
            if (theirs.load(memory_order::seq_cst) == 0) break;
            mine.store(0, memory_order::seq_cst);
            P::yield();
        }
        mine.store(0, memory_order::seq_cst);
    }
};

template <class Act>
Outcome searched(unsigned threads = 2) {
    Flags<Act> program;
    search::Dpor strategy;
    ExploreOptions options;
    options.budget_executions = 200'000;
    return explore(program, threads, strategy, options);
}

TEST_CASE_TEMPLATE("a wait for what comes is explored to its end, and ends well", Act, Publication, SpinLock,
                   PollUnderMutex, TwoFlags, CountsUp) {
    for (const unsigned threads : {2u, 3u}) {
        const auto outcome = searched<Act>(threads);
        INFO(threads << " threads, " << (outcome.finding ? outcome.finding->sentence : ""));
        CHECK(outcome.verdict == Verdict::correct);
        CHECK(outcome.exhaustive);
        CHECK(outcome.executions_complete < 5000);
    }
}

TEST_CASE_TEMPLATE("what is published without order is a data race behind a wait too", Act,
                   RelaxedPublication, RelaxedSpinLock) {
    const auto outcome = searched<Act>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::data_race);
}

TEST_CASE_TEMPLATE("a wait for what never comes is a livelock, told with its round", Act, NeverSet,
                   SetTooEarly, EachForTheOther) {
    const auto outcome = searched<Act>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::livelock);
    CHECK(outcome.finding->sentence.find("T2 goes round without end: flags#1.x load = 0") !=
          std::string::npos);
}

TEST_CASE("two threads that give way to each other for ever are a livelock") {
    const auto outcome = searched<BothGiveWay>();
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::livelock);
    INFO(outcome.finding->sentence);
    CHECK(outcome.finding->sentence.find("wait for each other in turns") != std::string::npos);
}

TEST_CASE_TEMPLATE("the plain search ends on a wait as well", Act, Publication, CountsUp) {
    Flags<Act> program;
    search::FullSearch strategy;
    CHECK(explore(program, 2, strategy, {}).verdict == Verdict::correct);
}

}  // namespace
}  // namespace revenant::model::relacy
