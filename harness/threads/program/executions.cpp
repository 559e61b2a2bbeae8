#include "harness/threads/program/executions.hpp"

namespace revenant::harness::threads {
namespace {

namespace gate = model::threads::gate;

// Spins for a moment, so that all start together, then offers the core: there may be more threads than cores.
template <class Condition>
void wait_until(Condition condition) {
    for (unsigned spins = 0; !condition(); ++spins) {
        if (spins > 1000) std::this_thread::yield();
    }
}

}  // namespace

Executions::Executions(model::Program& program, unsigned threads) : program_(program), size_(threads) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this, i] { serve(i); });
}

Executions::~Executions() {
    over_ = true;
    round_.fetch_add(1);
    round_.notify_all();
}

void Executions::serve(unsigned thread) {
    for (unsigned round = 0;; ++round) {
        round_.wait(round);
        if (over_) return;
        ready_.fetch_add(1);
        wait_until([&] { return ready_ == size_; });
        gate::thread_begins(thread);
        program_.thread(thread);
        gate::thread_ends();
        finished_.fetch_add(1);
    }
}

void Executions::run(std::uint64_t seed, unsigned step_timeout_ms) {
    gate::begin_execution(seed);
    program_.setup();
    ready_ = 0;
    finished_ = 0;
    round_.fetch_add(1);
    round_.notify_all();
    gate::wait_for_threads(step_timeout_ms);
    wait_until([&] { return finished_ == size_; });
    gate::begin_teardown();
    program_.teardown();
    gate::end_execution();
}

}  // namespace revenant::harness::threads
