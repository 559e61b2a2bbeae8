// `full` is Relacy's own exhaustive search: over the same programs, written with Relacy's types and
// nothing of ours, Relacy's scheduler and ours under FullSearch run the same number of executions, and
// agree on whether one fails.
#include <doctest/doctest.h>

#include "model/relacy/run_suite.hpp"
#include "model/relacy/scheduler.hpp"
#include "model/search/full.hpp"

namespace revenant::model::relacy {
namespace {

/// Store buffering with relaxed orders: thread picks and stale reads.
struct StoreBuffering : rl::test_suite<StoreBuffering, 2> {
    rl::atomic<int> x, y;
    void before() {
        x.store(0, rl::mo_relaxed, rl::debug_info());
        y.store(0, rl::mo_relaxed, rl::debug_info());
    }
    void thread(unsigned index) {
        (index == 0 ? x : y).store(1, rl::mo_relaxed, rl::debug_info());
        (index == 0 ? y : x).load(rl::mo_relaxed, rl::debug_info());
    }
};

/// A weak CAS, which may fail spuriously, and a mutex that is waited for: three threads.
struct WeakCasAndMutex : rl::test_suite<WeakCasAndMutex, 3> {
    rl::atomic<int> x;
    rl::mutex mutex;
    void before() { x.store(0, rl::mo_relaxed, rl::debug_info()); }
    void thread(unsigned index) {
        if (index == 2) {
            int expected = 0;
            x.compare_exchange_weak(expected, 1, rl::mo_relaxed, rl::debug_info());
        } else {
            mutex.lock(rl::debug_info());
            mutex.unlock(rl::debug_info());
        }
    }
};

/// Publication without release: fails in some executions only.
struct RelaxedPublication : rl::test_suite<RelaxedPublication, 2> {
    rl::atomic<int> flag;
    rl::var<int> data{0};
    void before() { flag.store(0, rl::mo_relaxed, rl::debug_info()); }
    void thread(unsigned index) {
        if (index == 0) {
            data(rl::debug_info()).store(1);
            flag.store(1, rl::mo_relaxed, rl::debug_info());
        } else if (flag.load(rl::mo_relaxed, rl::debug_info()) == 1) {
            static_cast<void>(data(rl::debug_info()).load());
        }
    }
};

template <class Suite>
SuiteRun ours() {
    search::FullSearch strategy;
    ExploreOptions options;
    Search search{nullptr, &strategy, &options};
    current_search = &search;
    const auto result = run_suite<Suite, StrategyScheduler<Suite::params::thread_count>>();
    current_search = nullptr;
    return result;
}

template <class Suite>
SuiteRun relacys() {
    return run_suite<Suite, rl::full_search_scheduler<Suite::params::thread_count>>();
}

}  // namespace

TEST_CASE_TEMPLATE("full explores as many executions as Relacy's own search", Suite, StoreBuffering,
                   WeakCasAndMutex) {
    CHECK(ours<Suite>().executions == relacys<Suite>().executions);
    CHECK(ours<Suite>().executions > 10);
    CHECK(ours<Suite>().result == rl::test_result_success);
    CHECK(relacys<Suite>().result == rl::test_result_success);
}

TEST_CASE("full and Relacy's own search convict the same program") {
    CHECK(ours<RelaxedPublication>().result == rl::test_result_data_race);
    CHECK(relacys<RelaxedPublication>().result == rl::test_result_data_race);
}

}  // namespace revenant::model::relacy
