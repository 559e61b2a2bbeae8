// WRONG ON PURPOSE: one thread uses what another one frees, and nothing orders the two.
#include "harness/threads/program/canary.hpp"

#include <array>
#include <span>
#include <type_traits>

#include "harness/threads/program/executions.hpp"
#include "model/threads/platform.hpp"

namespace revenant::harness::threads {
namespace {

using model::OperationKind;
using model::threads::ScriptStep;
using P = model::threads::threads_platform;

void use(P::var<int>& number) { static_cast<void>(number.get()); }
void use(P::mutex& mutex) { mutex.lock(); }

template <class Used>
class Canary final : public model::Program {
public:
    void setup() override {
        if constexpr (std::is_same_v<Used, P::mutex>) {
            used_ = P::make<Used>("mutex");
        } else {
            used_ = P::make<Used>("number", 7);
        }
    }
    void thread(unsigned index) override {
        if (index == 0) use(*used_);
        if (index == 1) P::destroy(used_);
    }
    void teardown() override {}

private:
    Used* used_ = nullptr;
};

template <class Used>
void run_script(std::span<const ScriptStep> script) {
    model::threads::GatePlan plan;
    plan.threads = 2;
    plan.script = script.data();
    plan.script_size = script.size();
    model::threads::gate::prepare(plan);
    Canary<Used> program;
    Executions(program, plan.threads).run(1, model::threads::step_timeout_ms_default);
}

}  // namespace

bool run_canary(std::string_view name) {
    const ScriptStep make{
        .thread = model::setup_thread, .kind = OperationKind::allocate, .on_block = true, .target = 0};
    const ScriptStep read{.thread = 0, .kind = OperationKind::read, .target = 0};
    const ScriptStep free{.thread = 1, .kind = OperationKind::free, .on_block = true, .target = 0};
    const ScriptStep lock{.thread = 0, .kind = OperationKind::lock, .unfinished = true, .target = 0};
    if (name == "read-then-free") {
        run_script<P::var<int>>(std::array{make, read, free});
    } else if (name == "free-then-read") {
        run_script<P::var<int>>(std::array{make, free, read});
    } else if (name == "free-then-lock") {
        run_script<P::mutex>(std::array{make, free, lock});
    } else {
        return false;
    }
    return true;
}

}  // namespace revenant::harness::threads
