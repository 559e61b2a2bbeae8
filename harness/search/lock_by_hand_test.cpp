#include "harness/search/lock_by_hand.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::harness {
namespace {

using K = model::OperationKind;

/// An execution of threads that use `spin#1.word`, which setup has made.
class Spin : public model::TraceBuilder {
public:
    explicit Spin(cell_role role = cell_role::plain)
        : block(make(model::setup_thread, "spin")), word(cell(block, "word", role)) {}

    void take(int thread, std::uint64_t from = 0, std::uint64_t to = 1) {
        add(thread, K::cas_weak, word, from, to).order = std::memory_order::acquire;
    }
    void give(int thread, std::uint64_t to = 0) {
        add(thread, K::store, word, 0, to).order = std::memory_order::release;
    }
    void use(int thread) {
        take(thread);
        give(thread);
    }
    void fail(int thread, std::uint64_t seen = 1) { add(thread, K::cas_weak, word, seen, 1).failed = true; }
    void wait(int thread) { add(thread, K::yield, word); }

    model::BlockId block;
    model::CellId word;
};

std::string lock_in(const model::TraceBuilder& made, bool is_whole = true) {
    LocksByHand locks;
    locks.look_at(made.trace, is_whole);
    const auto lock = locks.first();
    return lock ? lock->cell + " by " + lock->made_of : "";
}

/// T2 waits while T1 holds it, and takes it then.
Spin a_lock() {
    Spin made;
    made.take(0);
    made.fail(1);
    made.wait(1);
    made.give(0);
    made.use(1);
    return made;
}

TEST_CASE("a cell that two threads take and give back, one waiting for the other, is a lock") {
    CHECK(lock_in({}).empty());
    CHECK(lock_in(a_lock()) == "spin#1.word by compare_exchange");
    LocksByHand locks;
    auto made = a_lock();
    locks.look_at(made.trace, true);
    CHECK(locks.first()->place.starts_with("harness/search/lock_by_hand_test.cpp:"));
    for (auto& step : made.trace.steps) step.operation.where = {};
    LocksByHand nowhere;
    nowhere.look_at(made.trace, true);
    CHECK(nowhere.first()->place.empty());
}

TEST_CASE("a lock may be taken by exchange, test_and_set or fetch_or as well") {
    struct Form {
        K kind;
        const char* verb;
        K back;
        const char* name;
    };
    for (const auto& form : {Form{K::exchange, "", K::exchange, "exchange"},
                             Form{K::exchange, "test_and_set", K::store, "test_and_set"},
                             Form{K::fetch_or, "", K::fetch_and, "fetch_or"}}) {
        Spin made;
        const auto attempt = [&](int thread, std::uint64_t before) {
            auto& op = made.add(thread, form.kind, made.word, before, 1);
            op.order = std::memory_order::acq_rel;
            op.verb = form.verb;
        };
        const auto back = [&](int thread) {
            made.add(thread, form.back, made.word, 1, 0).order = std::memory_order::release;
        };
        attempt(0, 0);
        attempt(1, 1);
        made.wait(1);
        back(0);
        attempt(1, 0);
        back(1);
        CHECK(lock_in(made) == std::string("spin#1.word by ") + form.name);
    }
}

TEST_CASE("who reads that it is held and waits is waiting for it, and who tries without an end too") {
    Spin reads;
    reads.take(0);
    reads.add(1, K::load, reads.word, 1);
    reads.wait(1);
    reads.give(0);
    reads.use(1);
    CHECK_FALSE(lock_in(reads).empty());

    for (const int tries : {2, 3}) {
        Spin made;
        made.take(0);
        for (int i = 0; i < tries; ++i) made.fail(1);
        made.give(0);
        made.use(1);
        CHECK(lock_in(made).empty() == (tries == 2));
    }
}

TEST_CASE("a flag that is tried and never waited for is no lock: a mutex would have as many executions") {
    Spin made;
    const auto other = made.cell(made.block, "other");
    made.use(0);
    made.take(1);
    made.fail(0);
    made.add(0, K::load, other, 0);  // it does something else
    made.wait(0);                    // … and waits for that
    made.give(1);
    CHECK(lock_in(made).empty());
}

TEST_CASE("who waits for something else, or has read what was there before, is not waiting for it") {
    Spin other;
    other.take(0);
    other.fail(1);
    other.add(1, K::yield, other.cell(other.block, "other"));
    other.give(0);
    other.use(1);
    CHECK(lock_in(other).empty());

    Spin stale;
    stale.use(1);
    stale.take(0);
    stale.add(1, K::load, stale.word, 0).stale = true;
    stale.wait(1);
    stale.give(0);
    CHECK(lock_in(stale).empty());
}

TEST_CASE("what only one thread takes is no lock, though others wait for its end") {
    Spin made;
    made.take(0);
    made.add(1, K::load, made.word, 1);
    made.wait(1);
    made.give(0);
    made.use(0);
    CHECK(lock_in(made).empty());
}

TEST_CASE("one other use is enough for no lock") {
    const auto with = [](auto act) {
        auto made = a_lock();
        act(made);
        return lock_in(made);
    };
    CHECK_FALSE(with([](Spin&) {}).empty());
    CHECK_FALSE(with([](Spin& s) { s.use(2); }).empty());
    CHECK_FALSE(with([](Spin& s) { s.add(0, K::load, s.word, 0); }).empty());
    SUBCASE("a count") {
        CHECK(with([](Spin& s) { s.add(0, K::fetch_add, s.word, 0, 1); }).empty());
        CHECK(with([](Spin& s) {  // up to 2 while somebody else has taken it to 1
                  s.take(0);
                  s.take(1, 1, 2);
              })
                  .empty());
        CHECK(with([](Spin& s) {
                  s.take(0);
                  s.add(0, K::cas_strong, s.word, 1, 0).order = std::memory_order::release;
              }).empty());
    }
    SUBCASE("a state that goes on instead of back") {
        CHECK(with([](Spin& s) {
                  s.take(0);
                  s.give(0, 2);
              }).empty());
        CHECK(with([](Spin& s) {
                  s.take(0, 2, 3);
                  s.give(0, 2);
              }).empty());
    }
    SUBCASE("a hand-over") {
        CHECK(with([](Spin& s) {
                  s.take(0);
                  s.give(1);
              }).empty());
    }
    SUBCASE("a flag that stays set") {
        CHECK(with([](Spin& s) { s.take(0); }).empty());
        auto made = a_lock();
        made.take(0);
        CHECK_FALSE(lock_in(made, false).empty());  // an execution that was broken off
        made.free(model::teardown_thread, made.block);
        CHECK(lock_in(made, false).empty());
    }
    SUBCASE("a store by nobody who has taken it") {
        CHECK(with([](Spin& s) {
                  s.add(0, K::store, s.word, 0, 1).order = std::memory_order::seq_cst;
                  s.give(0);
              }).empty());
        CHECK(with([](Spin& s) {
                  s.add(0, K::exchange, s.word, 0, 0).order = std::memory_order::acq_rel;
                  s.give(0);
              }).empty());
    }
    SUBCASE("a compare_exchange that expects something else than a free one") {
        CHECK(with([](Spin& s) { s.fail(0, 0); }).empty());
        CHECK_FALSE(with([](Spin& s) {
                        s.fail(0, 0);
                        s.trace.steps.back().operation.spurious = true;
                    }).empty());
        CHECK_FALSE(with([](Spin& s) {
                        s.fail(0);
                        s.trace.steps.back().operation.stale = true;
                    }).empty());
    }
    SUBCASE("orders that order nothing") {
        CHECK(with([](Spin& s) {
                  s.use(0);
                  s.trace.steps.back().operation.order = std::memory_order::relaxed;
              }).empty());
        CHECK(with([](Spin& s) {
                  s.take(0);
                  s.trace.steps.back().operation.order = std::memory_order::release;
                  s.give(0);
              }).empty());
    }
}

TEST_CASE("a counter, a pointer and what a trace does not show are no locks, whatever is done with them") {
    auto counter = a_lock();
    counter.trace.cells[counter.word].role = cell_role::strong_count;
    CHECK(lock_in(counter).empty());
    for (const auto value : {model::CellValue::pointer, model::CellValue::opaque}) {
        auto made = a_lock();
        made.trace.cells[made.word].value = value;
        CHECK(lock_in(made).empty());
    }
}

TEST_CASE("what setup does is not looked at, nor a step that was not taken") {
    Spin made;
    made.add(model::setup_thread, K::store, made.word, 0, 0);
    made.take(0);
    made.fail(1);
    made.wait(1);
    made.give(0);
    made.use(1);
    made.add(0, K::fetch_add, made.word, 0, 1);
    made.trace.steps.back().unfinished = true;
    CHECK_FALSE(lock_in(made).empty());
}

TEST_CASE("what is a lock in one execution and something else in another is none") {
    LocksByHand locks;
    Spin begun;
    begun.take(0);
    locks.look_at(begun.trace, false);
    CHECK_FALSE(locks.has_candidates());
    Spin alone;
    alone.use(0);
    alone.use(1);
    locks.look_at(alone.trace, true);
    CHECK(locks.has_candidates());
    CHECK_FALSE(locks.first());  // nobody has waited yet
    locks.look_at(a_lock().trace, true);
    CHECK(locks.first());
    Spin counts;
    counts.add(0, K::fetch_add, counts.word, 0, 1);
    locks.look_at(counts.trace, true);
    CHECK_FALSE(locks.first());
    CHECK_FALSE(locks.has_candidates());
}

TEST_CASE("of two locks the one that was met first is named") {
    Spin made;
    const auto second = made.cell(made.block, "second");
    for (const auto cell : {second, made.word}) {
        made.word = cell;
        made.take(0);
        made.fail(1);
        made.wait(1);
        made.give(0);
        made.use(1);
    }
    CHECK(lock_in(made) == "spin#1.second by compare_exchange");
}

}  // namespace
}  // namespace revenant::harness
