#include "model/relations.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::model {
namespace {

using K = OperationKind;
using enum std::memory_order;

/// Message passing: T1 writes data and raises a flag; T2 looks at the flag, and then reads the data.
struct MessagePassing {
    TraceBuilder made;
    BlockId block = made.make(setup_thread, "box");
    CellId data = made.cell(block, "data");
    CellId flag = made.cell(block, "flag");
    int written = 0, raised = 0, seen = 0, read = 0;

    MessagePassing(std::memory_order raise, std::memory_order look) {
        written = made.next();
        made.add(0, K::write, data, 0, 7);
        raised = made.next();
        made.add(0, K::store, flag, 0, 1).order = raise;
        seen = made.next();
        made.add(1, K::load, flag, 1).order = look;
        read = made.next();
        made.add(1, K::read, data, 7);
    }
};

TEST_CASE("an acquiring load synchronises with the releasing store that it reads from") {
    const MessagePassing run(release, acquire);
    const Relations relations(run.made.trace);
    CHECK(relations.happens_before(run.written, run.read));
    CHECK_FALSE(relations.happens_before(run.read, run.written));
    CHECK(relations.arrows() == std::vector<Arrow>{{run.raised, run.seen, Arrow::Kind::synchronises},
                                                   {run.written, run.read, Arrow::Kind::reads_from}});
}

TEST_CASE("with one side relaxed the value is read and nothing is ordered") {
    for (const auto& [raise, look] : {std::pair(relaxed, acquire), std::pair(release, relaxed)}) {
        const MessagePassing run(raise, look);
        const Relations relations(run.made.trace);
        CHECK_FALSE(relations.happens_before(run.written, run.read));
        CHECK(relations.arrows().front() == Arrow{run.raised, run.seen, Arrow::Kind::reads_from});
    }
}

TEST_CASE("an RMW of another thread carries a release sequence on, a plain store ends it") {
    for (const bool by_rmw : {true, false}) {
        TraceBuilder made;
        const auto flag = made.cell(no_id, "flag");
        made.add(0, K::store, flag, 0, 1).order = release;
        made.add(1, by_rmw ? K::fetch_add : K::store, flag, 1, 2).order = relaxed;
        made.add(2, K::load, flag, 2).order = acquire;
        const Relations relations(made.trace);
        CHECK(relations.happens_before(0, 2) == by_rmw);
        CHECK_FALSE(relations.happens_before(1, 2));  // it had released nothing of its own
    }
}

TEST_CASE("fences release and acquire for the relaxed accesses around them") {
    TraceBuilder made;
    const auto flag = made.cell(no_id, "flag");
    const auto data = made.cell(no_id, "data");
    made.add(0, K::write, data, 0, 7);
    made.add(0, K::fence, no_id).order = release;
    made.add(0, K::store, flag, 0, 1).order = relaxed;
    made.add(1, K::load, flag, 1).order = relaxed;
    made.add(1, K::fence, no_id).order = acquire;
    made.add(1, K::read, data, 7);
    const Relations relations(made.trace);
    CHECK(relations.happens_before(0, 5));
    CHECK_FALSE(relations.happens_before(0, 3));
}

TEST_CASE("who locks what was shared comes after all that shared it; they are in no order") {
    TraceBuilder made;
    const auto mutex = made.cell(no_id, "mutex");
    made.add(0, K::lock_shared, mutex);      // 0
    made.add(0, K::unlock_shared, mutex);    // 1
    made.add(1, K::try_lock_shared, mutex);  // 2
    made.add(1, K::unlock_shared, mutex);    // 3
    made.add(2, K::try_lock, mutex);         // 4
    made.add(0, K::try_lock, mutex).failed = true;
    made.add(2, K::unlock, mutex);       // 6
    made.add(1, K::lock_shared, mutex);  // 7
    const Relations relations(made.trace);
    CHECK_FALSE(relations.happens_before(1, 2));
    CHECK(relations.happens_before(1, 4));
    CHECK(relations.happens_before(3, 4));
    CHECK_FALSE(relations.happens_before(4, 5));  // a try that failed has learned nothing
    CHECK(relations.happens_before(6, 7));
}

TEST_CASE("who finds done what is done once comes after the end of it") {
    TraceBuilder made;
    const auto flag = made.cell(no_id, "flag");
    made.add(0, K::call_once, flag);
    made.add(0, K::unlock, flag);
    made.add(1, K::call_once, flag).failed = true;
    CHECK(Relations(made.trace).happens_before(1, 2));
}

TEST_CASE("who waits for a latch comes after all that count it down, and nobody else does") {
    TraceBuilder made;
    const auto latch = made.cell(no_id, "latch");
    made.add(0, K::count_down, latch);
    made.add(1, K::count_down, latch);
    made.add(2, K::wait_for_latch, latch);
    made.add(3, K::wait_for_latch, latch);
    made.add(4, K::count_down, latch).failed = true;  // by 0
    made.add(5, K::wait_for_latch, latch);
    const Relations relations(made.trace);
    CHECK_FALSE(relations.happens_before(0, 1));
    CHECK(relations.happens_before(0, 2));
    CHECK(relations.happens_before(1, 2));
    CHECK(relations.happens_before(0, 3));
    CHECK_FALSE(relations.happens_before(2, 3));
    CHECK_FALSE(relations.happens_before(4, 5));
}

TEST_CASE("a lock comes after the mutex's last unlock") {
    TraceBuilder made;
    const auto mutex = made.cell(no_id, "mutex");
    made.add(0, K::lock, mutex);
    made.add(0, K::unlock, mutex);
    made.add(1, K::lock, mutex);
    const Relations relations(made.trace);
    CHECK(relations.happens_before(0, 2));
    CHECK(relations.arrows() == std::vector<Arrow>{{1, 2, Arrow::Kind::hands_over}});
}

TEST_CASE("a stale load reads from the store before the newest one") {
    TraceBuilder made;
    const auto x = made.cell(no_id, "x");
    made.add(0, K::store, x, 0, 1).order = release;
    made.add(0, K::store, x, 1, 2).order = release;
    auto& load = made.add(1, K::load, x, 1);
    load.order = acquire;
    load.stale = true;
    const Relations relations(made.trace);
    CHECK(relations.arrows() == std::vector<Arrow>{{0, 2, Arrow::Kind::synchronises}});
    CHECK(relations.happens_before(0, 2));
    CHECK_FALSE(relations.happens_before(1, 2));
}

TEST_CASE("a load that may have read an older store of the same value is not said to synchronise") {
    for (const bool newest_is_known : {false, true}) {
        TraceBuilder made;
        const auto x = made.cell(no_id, "x");
        const auto flag = made.cell(no_id, "flag");
        made.add(0, K::store, x, 0, 1).order = release;
        made.add(0, K::store, x, 1, 0).order = release;  // the initial value once more
        made.add(0, K::store, flag, 0, 1).order = release;
        if (newest_is_known) made.add(1, K::load, flag, 1).order = acquire;
        const int load = made.next();
        made.add(1, K::load, x, 0).order = acquire;
        const Relations relations(made.trace);
        CHECK(relations.happens_before(1, load) == newest_is_known);
    }
}

TEST_CASE("an initial value comes from nobody, and a failed CAS stores nothing") {
    TraceBuilder made;
    const auto x = made.cell(no_id, "x");
    made.add(0, K::load, x, 0);
    auto& cas = made.add(0, K::cas_strong, x, 0, 5);
    cas.failed = true;
    made.add(1, K::load, x, 0).order = acquire;
    CHECK(Relations(made.trace).arrows().empty());
}

TEST_CASE("setup happens before every thread, and teardown after all of them") {
    TraceBuilder made;
    const auto x = made.cell(no_id, "x");
    made.add(setup_thread, K::store, x, 0, 1);
    made.add(0, K::load, x, 1);
    made.add(1, K::load, x, 1);
    made.add(teardown_thread, K::load, x, 1);
    const Relations relations(made.trace);
    CHECK(relations.happens_before(0, 1));
    CHECK(relations.happens_before(0, 2));
    CHECK_FALSE(relations.happens_before(1, 2));
    CHECK(relations.happens_before(1, 3));
    CHECK(relations.happens_before(2, 3));
}

TEST_CASE("a step that was not finished has neither read nor ordered anything") {
    TraceBuilder made;
    const auto x = made.cell(no_id, "x");
    made.add(0, K::store, x, 0, 1).order = release;
    made.add(1, K::load, x, 1).order = acquire;
    made.trace.steps.back().unfinished = true;
    const Relations relations(made.trace);
    CHECK(relations.arrows().empty());
    CHECK_FALSE(relations.happens_before(0, 1));
}

}  // namespace
}  // namespace revenant::model
