// The gate and a script, on real threads without a sanitizer.
#include "harness/threads/program/executions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <string>

#include "harness/threads/program/test_gate_run.hpp"

namespace revenant::harness::threads {
namespace {

using model::OperationKind;
using model::threads::Noise;
using model::threads::ScriptStep;

constexpr std::uint16_t counter1 = 0, counter2 = 1, lock1 = 2, lock2 = 3;

ScriptStep made(std::uint16_t block) {
    return {
        .thread = model::setup_thread, .kind = OperationKind::allocate, .on_block = true, .target = block};
}
ScriptStep step(int thread, OperationKind kind, std::uint16_t cell) {
    return {.thread = thread, .kind = kind, .target = cell};
}
ScriptStep counted(int thread, std::uint64_t before) {
    return {.thread = thread,
            .kind = OperationKind::fetch_add,
            .values = true,
            .target = counter1,
            .before = before,
            .after = before + 1};
}

/// The plan that follows setup and then these steps; the script lives in the caller.
GatePlan following(std::vector<ScriptStep>& script, const std::vector<ScriptStep>& steps,
                   unsigned threads = 2) {
    script = {made(0), made(1), made(2), made(3)};
    script.insert(script.end(), steps.begin(), steps.end());
    GatePlan plan;
    plan.threads = threads;
    plan.script = script.data();
    plan.script_size = script.size();
    return plan;
}

void count_once(Program& program, unsigned) { program.counters[0]->fetch_add(1, relaxed); }

TEST_CASE("threads take the steps of the script in its order, whichever it is") {
    for (const auto& order : {std::array{0, 1}, std::array{1, 0}}) {
        std::vector<ScriptStep> script;
        const auto ended = run(count_once, following(script, {counted(order[0], 0), counted(order[1], 1)}));
        CHECK(ended.status == 0);
        CHECK(ended.happened.end == "well");
        CHECK(ended.steps ==
              std::vector<std::string>{model::thread_name(order[0]) + " counter#1.value fetch_add 0→1",
                                       model::thread_name(order[1]) + " counter#1.value fetch_add 1→2"});
    }
}

TEST_CASE("three hundred steps of four threads are taken in a random order, each time that order") {
    std::vector<ScriptStep> steps;
    std::uint64_t dice = 7;
    std::array<int, 4> left{75, 75, 75, 75};
    for (std::uint64_t i = 0; i < 300; ++i) {
        auto thread =
            static_cast<std::size_t>((dice = dice * 6364136223846793005u + 1442695040888963407u) >> 62);
        while (left[thread] == 0) thread = (thread + 1) % left.size();
        --left[thread];
        steps.push_back(counted(static_cast<int>(thread), i));
    }
    for (int i = 0; i < 5; ++i) {
        std::vector<ScriptStep> script;
        const auto ended = run(
            [](Program& program, unsigned) {
                for (int n = 0; n < 75; ++n) program.counters[0]->fetch_add(1, relaxed);
            },
            following(script, steps, 4));
        CHECK(ended.happened.end == "well");
        CHECK(ended.happened.recorded_steps == 304);
    }
}

TEST_CASE("where the program leaves the script, the run ends, and says what came instead") {
    struct Row {
        std::vector<ScriptStep> steps;
        const char* end;
        std::size_t recorded;
        const char* instead;
    };
    const Row rows[] = {
        {{counted(0, 0), step(1, OperationKind::load, counter1)}, "diverged", 5, "counter#1.value fetch_add"},
        {{counted(0, 0), step(1, OperationKind::fetch_add, counter2)},
         "diverged",
         5,
         "counter#1.value fetch_add"},
        {{counted(0, 0), counted(1, 7)}, "other", 6, nullptr},
        {{counted(0, 0), counted(0, 1)}, "diverged", 5, nullptr},                 // T1 has ended
        {{counted(0, 0), counted(1, 1), counted(1, 2)}, "diverged", 6, nullptr},  // all have
        {{counted(0, 0), made(4)}, "diverged", 5, nullptr},  // setup, while T2 has not begun
    };
    for (const auto& row : rows) {
        std::vector<ScriptStep> script;
        const auto ended = run(count_once, following(script, row.steps));
        CHECK(ended.status == model::threads::exit_left_schedule);
        CHECK(ended.happened.end == std::string(row.end));
        CHECK(ended.happened.recorded_steps == row.recorded);
        if (row.instead == nullptr) continue;
        REQUIRE(ended.happened.instead);
        CHECK(ended.happened.trace.describe(*ended.happened.instead) == row.instead);
    }
}

TEST_CASE("a thread that would have to wait for a mutex is never let go on into it") {
    std::vector<ScriptStep> script;
    const auto body = [](Program& program, unsigned) {
        const scoped_lock lock(*program.mutexes[0]);
        program.counters[0]->fetch_add(1, relaxed);
    };
    const auto ended = run(
        body, following(script, {step(0, OperationKind::lock, lock1), step(1, OperationKind::lock, lock1)}));
    CHECK(ended.happened.end == "diverged");
    CHECK(ended.happened.waits);
    REQUIRE(ended.happened.instead);
    CHECK(ended.happened.trace.describe(*ended.happened.instead) == "lock#1.mutex lock");
}

TEST_CASE("a thread that does not come back to the gate is reported after a timeout") {
    std::vector<ScriptStep> script;
    const auto body = [](Program& program, unsigned thread) {
        program.counters[0]->fetch_add(1, relaxed);
        if (thread == 0) ::pause();
    };
    const auto ended = run(body, following(script, {counted(0, 0), counted(1, 1)}), 1, 300);
    CHECK(ended.status == model::threads::exit_left_schedule);
    CHECK(ended.happened.end == "timeout");
    CHECK(ended.steps == std::vector<std::string>{"T1 counter#1.value fetch_add 0→1"});
}

TEST_CASE("a lock that failed in the model is a deadlock if the mutex is held, and else it is taken") {
    auto failed = step(1, OperationKind::lock, lock1);
    failed.unfinished = true;
    std::vector<ScriptStep> script;
    const auto held = run([](Program& program, unsigned) { program.mutexes[0]->lock(); },
                          following(script, {step(0, OperationKind::lock, lock1), failed}));
    CHECK(held.happened.end == "deadlock");
    // The model has failed because the mutex is in memory that was freed. What the library makes of that is
    // its own affair; a sanitizer sees the access (canary free-then-lock).
    const auto free_to_take = run(
        [](Program& program, unsigned thread) {
            if (thread == 1) {
                program.mutexes[0]->lock();
                program.mutexes[0]->unlock();
            }
        },
        following(script, {failed}));
    CHECK(free_to_take.happened.end == "well");
}

TEST_CASE("a mutex in memory that is freed holds nobody up") {
    GatePlan plan;
    plan.threads = 2;
    plan.noise = Noise::random;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto ended = run(
            [](Program& program, unsigned thread) {
                if (thread != 0) return;
                program.mutexes[0]->lock();
                P::destroy(
                    std::exchange(program.mutexes[0], nullptr));  // held, and that is no secret of the gate's
                program.mutexes[0] = P::make<P::mutex>("lock");   // at the same address, as likely as not
                program.mutexes[0]->lock();
                program.mutexes[0]->unlock();
            },
            plan, seed);
        CHECK(ended.status == 0);
    }
}

TEST_CASE("threads that lock in two orders behind the script end as a deadlock, not as a hang") {
    std::vector<ScriptStep> script;
    const auto body = [](Program& program, unsigned thread) {
        const scoped_lock first(*program.mutexes[thread]);
        const scoped_lock second(*program.mutexes[1 - thread]);
    };
    const auto ended = run(
        body, following(script, {step(0, OperationKind::lock, lock1), step(1, OperationKind::lock, lock2)}));
    CHECK(ended.happened.end == "deadlock");
}

TEST_CASE("threads that wait for each other for ever end as endless") {
    std::vector<ScriptStep> script;
    const auto body = [](Program& program, unsigned) {
        while (program.counters[0]->load(relaxed) == 0) P::yield();
    };
    const auto ended = run(body, following(script, {step(0, OperationKind::load, counter1)}));
    CHECK(ended.happened.end == "endless");
}

TEST_CASE("behind the script the thread that came last gives way to the others") {
    std::vector<ScriptStep> script;
    const auto twice = [](Program& program, unsigned) {
        program.counters[0]->fetch_add(1, relaxed);
        program.counters[0]->fetch_add(1, relaxed);
    };
    const auto ended = run(twice, following(script, {counted(1, 0), counted(0, 1)}, 3));
    CHECK(ended.happened.end == "well");
    CHECK(ended.happened.recorded_steps == 6);
    const std::vector<std::string> expected{
        "T2 counter#1.value fetch_add 0→1", "T1 counter#1.value fetch_add 1→2",
        "T2 counter#1.value fetch_add 2→3", "T3 counter#1.value fetch_add 3→4",
        "T3 counter#1.value fetch_add 4→5", "T1 counter#1.value fetch_add 5→6"};
    CHECK(ended.steps == expected);
}

TEST_CASE("a check that fails ends the process with its own status, and in words") {
    std::vector<ScriptStep> script;
    const auto body = [](Program& program, unsigned) {
        program.counters[0]->fetch_add(1, relaxed);
        P::check(false, check_kind::assertion, "two is three");
    };
    const auto ended = run(body, following(script, {counted(0, 0), counted(1, 1)}));
    CHECK(ended.status == model::threads::exit_check_failed);
    CHECK(ended.happened.failed_kind == "assertion");
    CHECK(ended.happened.failed_text == "two is three");
}

TEST_CASE("an exception that leaves a thread is a failed assertion of the code's") {
    std::vector<ScriptStep> script;
    const auto body = [](Program& program, unsigned) {
        program.counters[0]->fetch_add(1, relaxed);
        throw 7;
    };
    const auto ended = run(body, following(script, {counted(0, 0), counted(1, 1)}));
    CHECK(ended.status == model::threads::exit_check_failed);
    CHECK(ended.happened.failed_kind == "assertion");
    CHECK(ended.happened.failed_text == "no exception leaves a thread");
}

}  // namespace
}  // namespace revenant::harness::threads
