#include "model/threads/script.hpp"

#include <doctest/doctest.h>

#include "model/threads/happened.hpp"
#include "model/trace_builder.hpp"

namespace revenant::model::threads {
namespace {

// An object is made, T2 counts it down, T1 reads it.
TraceBuilder small() {
    TraceBuilder builder;
    const auto config = builder.make(setup_thread, "config");
    const auto strong = builder.cell(config, "strong", cell_role::strong_count);
    builder.add(1, OperationKind::fetch_sub, strong, 1, 0);
    builder.add(0, OperationKind::load, strong, 0);
    return builder;
}

Script script_of(const Trace& trace) {
    const auto steps = script_steps(trace);
    REQUIRE(steps);
    return {"registry/a_vs_b", "some_registry+mistake", 2, *steps};
}

TEST_CASE("a script is the steps of its trace, and survives its text") {
    const auto script = script_of(small().trace);
    REQUIRE(script.steps.size() == 3);
    CHECK(script.steps[0].thread == setup_thread);
    CHECK(script.steps[1].kind == OperationKind::fetch_sub);
    CHECK(script.steps[1].before == 1);
    CHECK(script.steps[1].values);
    CHECK_FALSE(script.steps[0].values);
    const auto again = parse_script(to_text(script));
    REQUIRE(again);
    CHECK(again->scenario == script.scenario);
    CHECK(again->implementation == script.implementation);
    CHECK(again->threads == 2);
    CHECK(to_text(*again) == to_text(script));
}

TEST_CASE("pointers are compared by their objects, which have the same numbers in each world") {
    auto builder = small();
    const auto head = builder.cell(builder.make(setup_thread, "list"), "head");
    const auto node = builder.make(0, "node");
    builder.trace.cells[head].value = CellValue::pointer;
    builder.add(0, OperationKind::exchange, head, 0, pointer_into(node, 24));
    builder.add(0, OperationKind::exchange, head, pointer_into(node, 24), pointer_outside(0));
    const auto steps = script_of(builder.trace).steps;
    const auto& into = steps[steps.size() - 2];
    CHECK(into.values);
    CHECK(into.before == 0);
    CHECK(into.after == pointer_into(node, 0));  // the layout of a node is not
    CHECK_FALSE(steps.back().values);            // what is in no block has a number in the model only
}

TEST_CASE("what no hardware can be made to do is told by name, with its step") {
    auto builder = small();
    builder.trace.steps.back().operation.stale = true;
    const auto stale = script_steps(builder.trace);
    REQUIRE_FALSE(stale);
    CHECK(stale.error() ==
          "step 3 of the schedule needs a stale read (T1 config#1.strong load = 0 (stale)), which this "
          "hardware "
          "cannot be made to give; the model can: replay it there");
    builder.trace.steps.back().operation.stale = false;
    builder.trace.steps.back().operation.kind = OperationKind::cas_weak;
    builder.trace.steps.back().operation.spurious = true;
    const auto spurious = script_steps(builder.trace);
    REQUIRE_FALSE(spurious);
    CHECK(spurious.error().find("step 3 of the schedule needs a spurious failure (T1 ") == 0);
}

TEST_CASE("what is no script is refused, wherever it is cut off") {
    const auto text = to_text(script_of(small().trace));
    for (std::size_t size = 0; size + 2 < text.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(parse_script(text.substr(0, size)));
    }
    CHECK_FALSE(parse_script("revenant.script/1 a b 2 99999999999\n"));
    CHECK_FALSE(parse_script("revenant.script/2 a b 2 0\n"));
    CHECK_FALSE(parse_script("revenant.script/1 a b 2 1\n2 0 0 0 0 0 0 0 0\n"));    // no such thread
    CHECK_FALSE(parse_script("revenant.script/1 a b 2 1\n0 250 0 0 0 0 0 0 0\n"));  // no such kind
}

TEST_CASE("the gate's lines become a trace with the names of the model's") {
    Happened happened;
    const auto does = [](const std::string& before, OperationKind kind, const char* after) {
        return before + " " + std::to_string(static_cast<unsigned>(kind)) + " " + after;
    };
    for (const auto& line :
         {does("step -1", OperationKind::allocate, "1 0"), std::string("block -1 config"),
          std::string("did 0 0 0"), std::string("cell 0 0 0 strong"), std::string("cell 0 0 3 slot"),
          does("step 1", OperationKind::fetch_sub, "0 0"), std::string("did 1 0 0"),
          does("behind 0", OperationKind::load, "0 1"), std::string("did 0 0 0"), std::string("nonsense 1 2"),
          does("instead 0", OperationKind::free, "1 0"), std::string("end diverged"), std::string("st")}) {
        happened.take(line);
    }
    const auto& trace = happened.trace;
    REQUIRE(trace.steps.size() == 3);
    CHECK(trace.describe(trace.steps[0]) == "make config#1");
    CHECK(trace.describe(trace.steps[1]) == "config#1.strong fetch_sub 1→0");
    CHECK(trace.steps[1].thread == 1);
    CHECK(trace.describe(trace.steps[2]) == "config#1.slot[2] load = 0");
    CHECK(happened.recorded_steps == 2);
    REQUIRE(happened.instead);
    CHECK(trace.describe(*happened.instead) == "free config#1");
    CHECK(happened.end == "diverged");
}

TEST_CASE("a step whose end is not known is unfinished") {
    Happened happened;
    for (const auto* const line : {"cell 65535 0 0 count", "step 0 3 0 0"}) happened.take(line);
    REQUIRE(happened.trace.steps.size() == 1);
    CHECK(happened.trace.steps[0].unfinished);
    CHECK(happened.end.empty());
}

}  // namespace
}  // namespace revenant::model::threads
