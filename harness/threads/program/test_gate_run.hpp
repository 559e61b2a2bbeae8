// One run of a program on real threads under the gate, in a process of its own: the gate ends it where a
// thread leaves its script. For tests.
#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "harness/threads/program/executions.hpp"
#include "model/threads/happened.hpp"
#include "model/threads/platform.hpp"

namespace revenant::harness::threads {

using model::threads::GatePlan;
using model::threads::Happened;
using P = model::threads::threads_platform;
constexpr auto relaxed = std::memory_order::relaxed;

/// What each of the threads does, on two counters and two mutexes.
class Program final : public model::Program {
public:
    using Body = std::function<void(Program&, unsigned)>;
    explicit Program(Body body) : body_(std::move(body)) {}
    void setup() override {
        for (auto& counter : counters) counter = P::make<P::atomic<int>>("counter", 0);
        for (auto& mutex : mutexes) mutex = P::make<P::mutex>("lock");
    }
    void thread(unsigned index) override { body_(*this, index); }
    void teardown() override {
        for (auto* counter : counters) P::destroy(counter);
        for (auto* mutex : mutexes) P::destroy(mutex);
    }

    std::array<P::atomic<int>*, 2> counters{};
    std::array<P::mutex*, 2> mutexes{};

private:
    Body body_;
};

struct Ended {
    int status = -1;
    Happened happened;
    std::vector<std::string> steps;  ///< of the threads, in words
};

inline Ended run(model::Program& program, GatePlan plan, std::uint64_t seed = 1, unsigned timeout_ms = 2000) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::alarm(60);
        ::close(ends[0]);
        plan.report_to = ends[1];
        model::threads::gate::prepare(plan);
        {
            Executions executions(program, plan.threads);
            executions.run(seed, timeout_ms);
        }
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    Ended ended;
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) ended.status = WEXITSTATUS(status);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) ended.happened.take(line);
    const auto& trace = ended.happened.trace;
    for (const auto& step : trace.steps) {
        if (step.thread >= 0)
            ended.steps.push_back(model::thread_name(step.thread) + " " + trace.describe(step));
    }
    return ended;
}
inline Ended run(const Program::Body& body, const GatePlan& plan, std::uint64_t seed = 1,
                 unsigned timeout_ms = 2000) {
    Program program(body);
    return run(program, plan, seed, timeout_ms);
}

}  // namespace revenant::harness::threads
