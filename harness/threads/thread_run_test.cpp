// The command's side of real threads against a program that has them, beside this one: scripts made by hand,
// and noise. What the model rehearses: threads_cli_test.cpp.
#include "harness/threads/thread_run.hpp"

#include <doctest/doctest.h>

#include "harness/threads/rehearsal.hpp"
#include "harness/threads/stress_row.hpp"
#include "model/trace_builder.hpp"

namespace revenant::harness {
namespace {

using K = model::OperationKind;

constexpr auto built_for = Sanitizer::REVENANT_TEST_SANITIZER;

// Of tutorial/lost_update: both threads load before either stores, unless `in_order`.
reports::Row lost_update(bool in_order = false) {
    model::TraceBuilder made;
    const auto counter = made.make(model::setup_thread, "counter");
    const auto value = made.cell(counter, "value");
    made.add(0, K::load, value);
    if (!in_order) made.add(1, K::load, value);
    made.add(0, K::store, value, 0, 1);
    if (in_order) made.add(1, K::load, value, 1);
    made.add(1, K::store, value, 0, in_order ? 2 : 1);
    made.add(model::teardown_thread, K::load, value, in_order ? 2 : 1);
    if (in_order) made.free(model::teardown_thread, counter);
    reports::Row row;
    row.scenario = "tutorial/lost_update";
    row.implementation = "load_then_store";
    row.threads = 2;
    row.outcome.trace = made.trace;
    return row;
}

ThreadRun run_of(const reports::Row& row) {
    const auto rehearsal = rehearsal_of(row);
    REQUIRE(rehearsal);
    auto run = run_on_threads(rehearsal->script, rehearsal->outcome.trace, built_for, {});
    REQUIRE_MESSAGE(run, run.error());
    return std::move(*run);
}

TEST_CASE("threads that follow a script to its end, and are caught at nothing, end well") {
    const auto row = lost_update(true);
    const auto run = run_of(row);
    CHECK_MESSAGE(run.end == RunEnd::well, run.what);
    CHECK(run.what.empty());
    CHECK(run.happened.recorded_steps == row.outcome.trace.steps.size());
}

TEST_CASE("an update that the script loses is lost, and the scenario's invariant says so") {
    const auto run = run_of(lost_update());
    CHECK(run.end == RunEnd::caught);
    CHECK(run.what == "invariant failed");
    CHECK(run.report.find("every increment counts") != std::string::npos);
}

TEST_CASE("a program that does something else than its script is told by step, with both sides in words") {
    auto row = lost_update(true);
    row.outcome.trace.steps[2].operation.kind = K::fetch_add;
    CHECK(run_of(row).end == RunEnd::left_script);
    CHECK(run_of(row).what ==
          "diverged at step 3: expected T1 counter#1.value fetch_add 0→1, got T1 counter#1.value store");
    row = lost_update(true);
    row.outcome.trace.steps[1].operation.before = 7;
    CHECK(run_of(row).what ==
          "diverged at step 2: expected T1 counter#1.value load = 7, got T1 counter#1.value load = 0");
}

TEST_CASE("runs of one rehearsal are tallied by how they ended") {
    const auto rehearsal = rehearsal_of(lost_update());
    REQUIRE(rehearsal);
    unsigned begun = 0;
    const auto tally = tally_runs(*rehearsal, built_for, 3, {}, [&](unsigned) { ++begun; });
    REQUIRE(std::holds_alternative<Tally>(tally));
    CHECK(begun == 3);
    CHECK(to_text(std::get<Tally>(tally), rehearsal->script.steps.size()) ==
          "all 6 steps    invariant failed, 3 of 3");
}

TEST_CASE("a run that is stopped says nothing of the code") {
    const volatile std::sig_atomic_t stop = 1;
    ThreadRunOptions options;
    options.stop = model::StopToken(stop);
    const auto rehearsal = rehearsal_of(lost_update());
    const auto tally = tally_runs(*rehearsal, built_for, 3, options, [](unsigned) {});
    REQUIRE(std::holds_alternative<NoRun>(tally));
    CHECK(std::get<NoRun>(tally).end == RunEnd::stopped);
}

StressRow stressed(const char* scenario, const char* implementation, std::uint64_t executions) {
    const Run run{scenarios::find_entry(scenario, implementation), 2};
    REQUIRE(run.entry != nullptr);
    StressSettings settings;
    settings.sanitizer = built_for;
    settings.noise = model::threads::Noise::random;
    settings.executions = executions;
    settings.seconds = 60;
    const auto row = stress_row(run, settings);
    REQUIRE_MESSAGE(row, row.error());
    CHECK(row->trouble.empty());
    return *row;
}

TEST_CASE("noise catches a broken entry, and says by which seed first") {
    const auto row = stressed("registry/intern_vs_last_release", "legacy_registry", 20);
    CHECK(row.executions == 20);
    REQUIRE(row.caught > 0);
    CHECK(row.first_seed >= 1);
    CHECK_FALSE(row.what.empty());
}

TEST_CASE("noise catches nothing of a correct entry") {
    const auto row = stressed("tutorial/lost_update", "fetch_add", 200);
    CHECK(row.executions == 200);
    CHECK(row.caught == 0);
}

}  // namespace
}  // namespace revenant::harness
