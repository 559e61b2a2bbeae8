#include "model/trace.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::model {
namespace {

using K = OperationKind;

TEST_CASE("an object is named by its label and its order of creation, a cell by its object") {
    TraceBuilder made;
    const auto first = made.make(setup_thread, "config");
    const auto other = made.make(0, "text");
    const auto second = made.make(1, "config");
    CHECK(made.trace.block_name(first) == "config#1");
    CHECK(made.trace.block_name(other) == "text#1");
    CHECK(made.trace.block_name(second) == "config#2");

    const auto strong = made.cell(second, "strong", cell_role::strong_count);
    const auto counter = made.cell(no_id, "counter");
    CHECK(made.trace.target_name(made.add(0, K::load, strong)) == "config#2.strong");
    CHECK(made.trace.target_name(made.add(0, K::load, counter)) == "counter");
    CHECK(made.trace.target_name(made.trace.steps.front().operation) == "config#1");
}

TEST_CASE("the block of an operation is the block it works on or the one of its cell") {
    TraceBuilder made;
    (void)made.make(0, "a");
    const auto block = made.make(0, "b");
    const auto inside = made.cell(block, "x");
    const auto outside = made.cell(no_id, "y");
    CHECK(made.trace.block_of(made.trace.steps[1].operation) == block);
    CHECK(made.trace.block_of(made.add(0, K::load, inside)) == block);
    CHECK(made.trace.block_of(made.add(0, K::load, outside)) == no_id);
    CHECK(made.trace.block_of(made.add(0, K::fence, no_id)) == no_id);
}

TEST_CASE("ids that name nothing are said to be unknown") {
    TraceBuilder made;
    CHECK(made.trace.block_name(no_id) == "an unknown object");
    CHECK(made.trace.target_name(made.add(0, K::load, no_id)) == "an unknown cell");
    CHECK(made.trace.target_name(made.add(0, K::fence, no_id)).empty());
}

TEST_CASE("threads are counted from T1, and setup and teardown have their names") {
    CHECK(thread_name(0) == "T1");
    CHECK(thread_name(4) == "T5");
    CHECK(thread_name(setup_thread) == "setup");
    CHECK(thread_name(teardown_thread) == "teardown");
}

TEST_CASE("a place is a file of the source tree and a line") {
    const auto here = std::source_location::current();
    CHECK(place(here) == "model/trace_test.cpp:" + std::to_string(here.line()));
}

struct Described {
    K kind;
    const char* words;       // before = 3, after = 4
    const char* unfinished;  // the values are not known yet
};

// A row an OperationKind, in its order.
constexpr Described on_cells[] = {
    {K::load, "o#1.c load = 3", "o#1.c load"},
    {K::store, "o#1.c store 3→4", "o#1.c store"},
    {K::exchange, "o#1.c exchange 3→4", "o#1.c exchange"},
    {K::fetch_add, "o#1.c fetch_add 3→4", "o#1.c fetch_add"},
    {K::fetch_sub, "o#1.c fetch_sub 3→4", "o#1.c fetch_sub"},
    {K::fetch_or, "o#1.c fetch_or 3→4", "o#1.c fetch_or"},
    {K::fetch_and, "o#1.c fetch_and 3→4", "o#1.c fetch_and"},
    {K::fetch_xor, "o#1.c fetch_xor 3→4", "o#1.c fetch_xor"},
    {K::cas_strong, "o#1.c CAS 3→4", "o#1.c CAS"},
    {K::cas_weak, "o#1.c CAS 3→4", "o#1.c CAS"},
    {K::read, "o#1.c read = 3", "o#1.c read"},
    {K::write, "o#1.c write = 4", "o#1.c write"},
    {K::retire, "o#1.c destroy", "o#1.c destroy"},
    {K::lock, "o#1.c lock", "o#1.c lock"},
    {K::unlock, "o#1.c unlock", "o#1.c unlock"},
    {K::allocate, "make o#1", "make o#1"},
    {K::free, "free o#1", "free o#1"},
    {K::fence, "fence", "fence"},
    {K::yield, "wait for o#1.c", "wait for o#1.c"},
    {K::try_lock, "o#1.c try_lock", "o#1.c try_lock"},
    {K::lock_shared, "o#1.c lock_shared", "o#1.c lock_shared"},
    {K::try_lock_shared, "o#1.c try_lock_shared", "o#1.c try_lock_shared"},
    {K::unlock_shared, "o#1.c unlock_shared", "o#1.c unlock_shared"},
    {K::wait, "o#1.c cv wait", "o#1.c cv wait"},
    {K::end_wait, "o#1.c cv wait over, notified", "o#1.c cv wait over"},
    {K::notify_one, "o#1.c cv notify_one", "o#1.c cv notify_one"},
    {K::notify_all, "o#1.c cv notify_all", "o#1.c cv notify_all"},
    {K::call_once, "o#1.c call_once", "o#1.c call_once"},
    {K::count_down, "o#1.c count_down 3→4", "o#1.c count_down"},
    {K::wait_for_latch, "o#1.c wait", "o#1.c wait"},
};
static_assert(std::size(on_cells) == static_cast<std::size_t>(last_operation_kind) + 1);

TEST_CASE("each kind of operation is described with its values, and without them while unfinished") {
    TraceBuilder made;
    const auto block = made.make(setup_thread, "o");
    const auto cell = made.cell(block, "c");
    for (std::size_t i = 0; i < std::size(on_cells); ++i) {
        const auto& row = on_cells[i];
        REQUIRE(static_cast<std::size_t>(row.kind) == i);
        const bool on_block = row.kind == K::allocate || row.kind == K::free;
        made.add(0, row.kind, on_block ? block : cell, 3, 4).on_block = on_block;
        auto step = made.trace.steps.back();
        CHECK(made.trace.describe(step) == row.words);
        step.unfinished = true;
        CHECK(made.trace.describe(step) == row.unfinished);
    }
}

TEST_CASE("what has not taken, not waited in time or not done anything says so") {
    TraceBuilder made;
    const auto cell = made.cell(made.make(setup_thread, "o"), "c");
    const auto failed = [&](K kind) {
        made.add(0, kind, cell).failed = true;
        return made.trace.describe(made.trace.steps.back());
    };
    CHECK(failed(K::try_lock) == "o#1.c try_lock failed");
    CHECK(failed(K::try_lock_shared) == "o#1.c try_lock_shared failed");
    CHECK(failed(K::end_wait) == "o#1.c cv wait over, out of time");
    CHECK(failed(K::call_once) == "o#1.c call_once, done already");
    made.add(0, K::wait, cell).spurious = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "o#1.c cv wait, to wake up by itself");
}

TEST_CASE("a stale load and a CAS that failed say so, and a spurious failure says why") {
    TraceBuilder made;
    const auto cell = made.cell(made.make(setup_thread, "o"), "c");
    made.add(0, K::load, cell, 3).stale = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "o#1.c load = 3 (stale)");
    made.add(0, K::cas_weak, cell, 3, 4).failed = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "o#1.c CAS failed, = 3");
    made.trace.steps.back().operation.spurious = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "o#1.c CAS failed spuriously, = 3");
}

TEST_CASE("a number with a sign is shown with it") {
    TraceBuilder made;
    const auto cell = made.cell(made.make(setup_thread, "o"), "c");
    made.trace.cells[cell].value = CellValue::signed_number;
    made.add(0, K::fetch_sub, cell, 0, ~std::uint64_t{0});
    CHECK(made.trace.describe(made.trace.steps.back()) == "o#1.c fetch_sub 0→-1");
}

TEST_CASE("cells that have one name in one object are numbered, and one of an array has its index") {
    TraceBuilder made;
    const auto first = made.make(setup_thread, "o");
    const auto second = made.make(setup_thread, "o");
    const auto name = [&](BlockId block, const char* text, int index) {
        Cell cell;
        cell.name = text;
        cell.block = block;
        cell.index = index;
        cell.ordinal = made.trace.next_ordinal(cell);
        made.trace.cells.push_back(cell);
        return Trace::cell_name(cell);
    };
    CHECK(name(first, "value", -1) == "value");
    CHECK(name(first, "slot", 0) == "slot[0]");
    CHECK(name(first, "value", -1) == "value#2");
    CHECK(name(first, "slot", 1) == "slot[1]");
    CHECK(name(first, "slot", 0) == "slot[0]#2");
    CHECK(name(second, "value", -1) == "value");
}

TEST_CASE("the value of opaque data is not shown, and what came of the step is") {
    TraceBuilder made;
    const auto cell = made.cell(made.make(setup_thread, "registry"), "entries");
    made.trace.cells[cell].value = CellValue::opaque;
    made.add(0, K::write, cell, 3, 4);
    CHECK(made.trace.describe(made.trace.steps.back()) == "registry#1.entries write");
    made.add(0, K::load, cell, 3).stale = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "registry#1.entries load (stale)");
    made.add(0, K::cas_weak, cell, 3, 4);
    CHECK(made.trace.describe(made.trace.steps.back()) == "registry#1.entries CAS");
    made.trace.steps.back().operation.failed = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "registry#1.entries CAS failed");
    made.trace.steps.back().operation.spurious = true;
    CHECK(made.trace.describe(made.trace.steps.back()) == "registry#1.entries CAS failed spuriously");
}

TEST_CASE("of a pointer the object is shown that it points to, and that a step failed or was stale") {
    TraceBuilder made;
    const auto list = made.make(setup_thread, "list");
    const auto first = made.make(0, "node");
    const auto second = made.make(1, "node");
    const auto head = made.cell(list, "head");
    made.trace.cells[head].value = CellValue::pointer;
    const auto words = [&](K kind, std::uint64_t before, std::uint64_t after = 0, bool failed = false,
                           bool stale = false) {
        auto& op = made.add(0, kind, head, before, after);
        op.failed = failed;
        op.stale = stale;
        return made.trace.describe(made.trace.steps.back());
    };
    const auto to_first = pointer_into(first, 0);
    const auto to_second = pointer_into(second, 0);
    CHECK(words(K::cas_strong, 0, to_second) == "list#1.head CAS null→node#2");
    CHECK(words(K::cas_weak, to_first, to_second, true) == "list#1.head CAS failed, = node#1");
    CHECK(words(K::load, to_first, 0, false, true) == "list#1.head load = node#1 (stale)");
    CHECK(words(K::exchange, to_second, to_first) == "list#1.head exchange node#2→node#1");
    CHECK(words(K::write, 0, pointer_into(first, 16)) == "list#1.head write = node#1+16");
    CHECK(words(K::read, pointer_outside(1)) == "list#1.head read = outside#2");
}

}  // namespace
}  // namespace revenant::model
