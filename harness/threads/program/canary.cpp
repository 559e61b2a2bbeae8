// WRONG ON PURPOSE: one thread reads what another one frees, and nothing orders the two.
#include "harness/threads/program/canary.hpp"

#include "harness/threads/program/executions.hpp"
#include "model/threads/platform.hpp"

namespace revenant::harness::threads {
namespace {

using model::OperationKind;
using model::threads::ScriptStep;
using P = model::threads::threads_platform;

class Canary final : public model::Program {
public:
    void setup() override { number_ = P::make<P::var<int>>("number", 7); }
    void thread(unsigned index) override {
        if (index == 0) static_cast<void>(number_->get());
        if (index == 1) P::destroy(number_);
    }
    void teardown() override {}

private:
    P::var<int>* number_ = nullptr;
};

}  // namespace

bool run_canary(std::string_view name) {
    const ScriptStep make{
        .thread = model::setup_thread, .kind = OperationKind::allocate, .on_block = true, .target = 0};
    const ScriptStep read{.thread = 0, .kind = OperationKind::read, .target = 0};
    const ScriptStep free{.thread = 1, .kind = OperationKind::free, .on_block = true, .target = 0};
    const bool frees_first = name == "free-then-read";
    if (!frees_first && name != "read-then-free") return false;
    const ScriptStep script[] = {make, frees_first ? free : read, frees_first ? read : free};
    model::threads::GatePlan plan;
    plan.threads = 2;
    plan.script = script;
    plan.script_size = std::size(script);
    model::threads::gate::prepare(plan);
    Canary program;
    Executions(program, plan.threads).run(1, model::threads::step_timeout_ms_default);
    return true;
}

}  // namespace revenant::harness::threads
