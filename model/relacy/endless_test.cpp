// Loops without a way out and without a yield: each is a livelock, soon and in little memory, whichever
// thread goes first and whatever the strategy is.
#include <doctest/doctest.h>

#include <string>

#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_orders.hpp"
#include "model/search/bounded.hpp"
#include "model/search/dpor.hpp"
#include "model/search/full.hpp"
#include "model/search/random.hpp"

namespace revenant::model::relacy {
namespace {

using P = relacy_platform;

/// Two atomics, plain data and a mutex.
struct Shared {
    P::atomic<int> flag{0, {"flag"}};
    P::atomic<int> count{0, {"count"}};
    P::var<int> data{0, {"data"}};
    P::mutex mutex{};
};

struct Loads {
    static void act(Shared& s) {
        while (s.flag.load(order) == 0) continue;
    }
};
struct LoadsTwo {
    static void act(Shared& s) {
        while (s.flag.load(order) == 0 || s.count.load(order) == 7) continue;
    }
};
struct FailsToExchange {
    static void act(Shared& s) {
        for (int seen = 1; !s.flag.compare_exchange_strong(seen, 2, order, order); seen = 1) continue;
    }
};
struct StoresWhatIsThere {
    static void act(Shared& s) {
        while (s.flag.exchange(0, order) == 0) continue;
    }
};
struct LooksUnderMutex {
    static void act(Shared& s) {
        for (bool seen = false; !seen;) {
            const scoped_lock lock(s.mutex);
            seen = s.flag.load(order) == 1;
        }
    }
};
struct ReadsPlainData {
    static void act(Shared& s) {
        while (s.data.get() == 0) continue;
    }
};
struct Counts {  // each round changes something
    static void act(Shared& s) {
        while (s.count.fetch_add(1, order) >= 0) continue;
    }
};

/// One thread spins; the other one raises the flag, if anybody does.
template <class Act>
class Spin final : public Program {
public:
    Spin(unsigned spinner, bool raised) : spinner_(spinner), raised_(raised) {}
    void setup() override { shared_ = P::make<Shared>("shared"); }
    void thread(unsigned index) override {
        if (index == spinner_) return Act::act(*shared_);
        if (raised_) shared_->flag.store(1, order);
    }
    void teardown() override { P::destroy(shared_); }

private:
    unsigned spinner_;
    bool raised_;
    Shared* shared_ = nullptr;
};

template <class Act>
void check_livelock(search::Strategy& strategy, unsigned spinner, bool raised) {
    Spin<Act> program(spinner, raised);
    ExploreOptions options;
    options.budget_executions = 20'000;
    const auto outcome = explore(program, 2, strategy, options);
    CAPTURE(spinner);
    CAPTURE(raised);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::livelock);
    CHECK(outcome.trace.steps.size() <= 20'010);
    CHECK(outcome.executions_complete < 2000);
}

TEST_CASE_TEMPLATE("a thread that spins is a livelock, whoever goes first", Act, Loads, LoadsTwo,
                   FailsToExchange, StoresWhatIsThere, LooksUnderMutex, ReadsPlainData, Counts) {
    for (const unsigned spinner : {0u, 1u}) {
        search::Dpor dpor;
        check_livelock<Act>(dpor, spinner, false);
        search::BoundedSearch bounded(0);
        check_livelock<Act>(bounded, spinner, false);
    }
}

TEST_CASE_TEMPLATE("without visible points the number of steps ends it", Act, Loads, ReadsPlainData) {
    search::FullSearch full;
    check_livelock<Act>(full, 0, false);
    search::RandomSearch random(1);
    check_livelock<Act>(random, 0, false);
}

TEST_CASE_TEMPLATE("a thread that spins until another one acts is a livelock after few executions", Act,
                   Loads, LoadsTwo, LooksUnderMutex) {
    for (const unsigned spinner : {0u, 1u}) {
        search::Dpor dpor;
        check_livelock<Act>(dpor, spinner, true);
    }
}

TEST_CASE("of a thread that spins the finding says so, with a step of its loop") {
    Spin<Loads> program(0, false);
    search::Dpor strategy;
    const auto outcome = explore(program, 2, strategy, {});
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->sentence.find("shared#1.flag load = 0") != std::string::npos);
    CHECK(outcome.finding->sentence.find("a thread spins without a yield") != std::string::npos);
    CHECK(outcome.trace.steps.size() < 1000);
}

TEST_CASE("a setup and a teardown that spin are livelocks as well") {
    struct InTeardown final : Program {
        void setup() override { shared = P::make<Shared>("shared"); }
        void thread(unsigned) override {}
        void teardown() override { ReadsPlainData::act(*shared); }
        Shared* shared = nullptr;
    } program;
    search::Dpor strategy;
    const auto outcome = explore(program, 2, strategy, {});
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == FindingKind::livelock);
}

}  // namespace
}  // namespace revenant::model::relacy
