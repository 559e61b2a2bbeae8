// For tests of the model world: a program whose threads run the functions of `Act`, searched.
//
// `Act::Shared` is what the threads share, made before them and destroyed after them; `Act::act(thread,
// shared)` is a thread's body; `Act::check(shared)`, if there is one, holds at quiescence;
// `Act::watch(shared)` says at the end of the setup what holds after every step.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "model/program.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/test_orders.hpp"
#include "model/search/dpor.hpp"
#include "model/search/full.hpp"
#include "model/search/replay.hpp"

namespace revenant::model::relacy {

template <class Act>
class ActProgram final : public Program {
public:
    void setup() override {
        shared_ = relacy_platform::make<typename Act::Shared>("shared");
        if constexpr (requires { Act::watch(*shared_); }) Act::watch(*shared_);
    }
    void thread(unsigned index) override { Act::act(index, *shared_); }
    void teardown() override {
        if constexpr (requires { Act::check(*shared_); }) Act::check(*shared_);
        relacy_platform::destroy(shared_);
    }

private:
    typename Act::Shared* shared_ = nullptr;
};

/// By dpor; where that ends, `full` has come to the same verdict and kind of finding.
template <class Act>
Outcome searched(unsigned threads = 2, bool with_full = true) {
    ActProgram<Act> program;
    search::Dpor dpor;
    ExploreOptions options;
    options.budget_executions = 400'000;
    auto outcome = explore(program, threads, dpor, options);
    INFO(threads << " threads: " << (outcome.finding ? outcome.finding->sentence : "no finding"));
    CHECK(outcome.ending != Ending::diverged);
    if (with_full) {
        search::FullSearch full;
        const auto every = explore(program, threads, full, options);
        if (every.ending != Ending::execution_budget) {
            CHECK(every.verdict == outcome.verdict);
            CHECK(every.finding.has_value() == outcome.finding.has_value());
            if (every.finding && outcome.finding) CHECK(every.finding->kind == outcome.finding->kind);
        }
    }
    return outcome;
}

/// The schedule of a finding gives the same steps again.
template <class Act>
void check_replay(const Outcome& outcome) {
    ActProgram<Act> program;
    search::Replay replay(outcome.schedule);
    const auto again = explore(program, outcome.schedule.threads, replay, {});
    CHECK(again.diverged_at < 0);
    REQUIRE(again.finding);
    CHECK(again.finding->sentence == outcome.finding->sentence);
    CHECK(again.trace.steps.size() == outcome.trace.steps.size());
}

/// The steps of the threads, as a listing has them.
[[nodiscard]] inline std::string listing(const Outcome& outcome) {
    std::string text;
    for (const auto& step : outcome.trace.steps) {
        if (step.thread >= 0) text += outcome.trace.in_words(step) + "\n";
    }
    return text;
}

}  // namespace revenant::model::relacy
