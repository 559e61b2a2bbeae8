// One execution of a program on real threads, behind the gate.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "model/program.hpp"
#include "model/threads/gate.hpp"

namespace revenant::harness::threads {

/// Keeps its threads for execution after execution: a start barrier is quicker than new threads, and the
/// race's window is narrow. The barriers are the sanitizer's to see: setup happens before the threads, the
/// threads before teardown.
class Executions {
public:
    Executions(model::Program& program, unsigned threads);
    ~Executions();
    Executions(const Executions&) = delete;
    Executions& operator=(const Executions&) = delete;

    /// Setup, all threads, teardown. Does not return when the gate ends the process.
    void run(std::uint64_t seed, unsigned step_timeout_ms);

private:
    void serve(unsigned thread);

    model::Program& program_;
    unsigned size_;
    std::atomic<unsigned> round_{0};
    std::atomic<unsigned> ready_{0};
    std::atomic<unsigned> finished_{0};
    std::atomic<bool> over_{false};
    std::vector<std::jthread> threads_;
};

}  // namespace revenant::harness::threads
