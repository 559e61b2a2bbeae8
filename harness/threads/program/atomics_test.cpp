// Atomics, plain data and containers on real threads: what holds of them, and that a script of the model's
// with each of their operations is followed to its end.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "harness/threads/program/test_gate_run.hpp"
#include "impl/cells/test_variables.hpp"
#include "model/test_every_operation.hpp"

namespace revenant::harness::threads {
namespace {

TEST_CASE("threads_platform.atomic has the members of std::atomic") {
    int claims = 0;
    claims_of_atomics<P>([&](bool holds, const char* text) {
        CHECK_MESSAGE(holds, std::string(text));
        ++claims;
    });
    CHECK(claims > 40);
}

TEST_CASE("threads_platform.var, guarded and allocator hold anything") {
    int claims = 0;
    claims_of_variables<P>([&](bool holds, const char* text) {
        CHECK_MESSAGE(holds, std::string(text));
        ++claims;
    });
    CHECK(claims > 20);
}

TEST_CASE("real threads take each operation of an atomic that the model has taken") {
    std::vector<model::threads::ScriptStep> script;
    for (const auto& step : model::every_operation_steps) {
        script.push_back({.thread = step.thread,
                          .kind = step.kind,
                          .on_block = step.on_block,
                          .values = step.compared,
                          .target = step.target,
                          .before = step.before,
                          .after = step.after});
    }
    GatePlan plan;
    plan.threads = 2;
    plan.script = script.data();
    plan.script_size = script.size();
    model::EveryOperation<P> program;
    const auto ended = run(program, plan);
    CHECK(ended.status == 0);
    CHECK(ended.happened.end == "well");
    CHECK(ended.happened.recorded_steps == script.size());
}

}  // namespace
}  // namespace revenant::harness::threads
