// For tests: a program whose threads run the functions of `Act`, searched in the model, and each execution of
// it taken step for step on real threads.
#pragma once

#include <utility>
#include <vector>

#include "harness/threads/program/test_gate_run.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/untracked.hpp"
#include "model/search/dpor.hpp"
#include "model/threads/script.hpp"

namespace revenant::harness::threads {

using Model = model::relacy::relacy_platform;
using model::threads::ScriptStep;
using Script = std::vector<ScriptStep>;

template <class P>
struct Shared {
    typename P::mutex a{cell_name{"a", cell_role::tried}};
    typename P::mutex b{cell_name{"b", cell_role::tried}};
    typename P::recursive_mutex recursive{cell_name{"recursive"}};
    typename P::shared_mutex shared{cell_name{"shared"}};
    typename P::condition_variable changed{cell_name{"changed"}};
    typename P::once_flag flag{cell_name{"flag"}};
    typename P::latch latch{2, cell_name{"latch"}};
    typename P::template var<int> data{0, cell_name{"data"}};
    typename P::template atomic<int> count{0, cell_name{"count"}};
    typename P::template atomic<std::int8_t> other{0, cell_name{"other"}};
};

template <class P, class Act>
class ActProgram final : public model::Program {
public:
    explicit ActProgram(std::vector<Script>* scripts = nullptr) : scripts_(scripts) {}
    void setup() override {
        shared_ = P::template make<Shared<P>>("shared");
        if constexpr (requires { Act::watch(*shared_); }) Act::watch(*shared_);
    }
    void thread(unsigned index) override { Act::template act<P>(index, *shared_); }
    void teardown() override {
        if (scripts_ != nullptr) keep();
        P::destroy(shared_);
    }

private:
    void keep() {
        const model::relacy::Untracked scope;
        if (auto script = model::threads::script_steps(model::relacy::recorder().trace)) {
            scripts_->push_back(std::move(*script));
        }
    }
    std::vector<Script>* scripts_;
    Shared<P>* shared_ = nullptr;
};

template <class Act>
model::Outcome searched(unsigned threads, std::vector<Script>& scripts) {
    ActProgram<Model, Act> program(&scripts);
    model::search::Dpor dpor;
    return model::relacy::explore(program, threads, dpor, {});
}

template <class Act>
Ended on_threads(const Script& script, unsigned threads) {
    ActProgram<P, Act> program;
    GatePlan plan;
    plan.threads = threads;
    plan.script = script.data();
    plan.script_size = script.size();
    return run(program, plan);
}

template <class Act>
void check_all(unsigned threads, std::size_t scripts_min) {
    std::vector<Script> scripts;
    const auto outcome = searched<Act>(threads, scripts);
    INFO(outcome.difference << (outcome.finding ? outcome.finding->sentence : ""));
    REQUIRE(outcome.verdict == model::Verdict::correct);
    CHECK(scripts.size() >= scripts_min);
    for (const auto& script : scripts) {
        const auto ended = on_threads<Act>(script, threads);
        INFO("steps followed: " << ended.happened.recorded_steps << " of " << script.size()
                                << (ended.steps.empty() ? "" : ", last " + ended.steps.back()));
        CHECK(ended.happened.end == "well");
        CHECK(ended.happened.recorded_steps == script.size());
    }
}

}  // namespace revenant::harness::threads
