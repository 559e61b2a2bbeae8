#include "harness/threads/program/executions.hpp"

#include "model/outcome.hpp"

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

// As in the model: an exception that leaves a thread is the code's fault, and not a crash of ours.
template <class Act>
void without_exceptions(Act act) {
    try {
        act();
    } catch (...) {
        gate::fails(model::to_text(model::FindingKind::assertion), "no exception leaves a thread");
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
        without_exceptions([&] { program_.thread(thread); });
        gate::thread_ends();
        finished_.fetch_add(1);
    }
}

void Executions::run(std::uint64_t seed, unsigned step_timeout_ms) {
    gate::begin_execution(seed);
    without_exceptions([&] { program_.setup(); });
    ready_ = 0;
    finished_ = 0;
    round_.fetch_add(1);
    round_.notify_all();
    gate::wait_for_threads(step_timeout_ms);
    wait_until([&] { return finished_ == size_; });
    gate::begin_teardown();
    without_exceptions([&] { program_.teardown(); });
    gate::end_execution();
}

}  // namespace revenant::harness::threads
