// Scheduling: where the threads of an execution may run, and how urgent they are: what the program has said.
//
// To say so, or to ask, is no step. So it is refused where the answer would depend on who came first. Whoever
// uses it asks `Machine::runs`: each execution begins without any of it.
#pragma once

#include <sched.h>

#include <array>

#include "model/native/clocks.hpp"

namespace revenant::model::native {

class Scheduling {
public:
    static constexpr unsigned char both_processors = 3;
    struct Of {
        unsigned char processors = both_processors;
        int policy = SCHED_OTHER;
        int priority = 0;
        bool was_changed = false;
        bool is_disputed = false;  ///< two have changed it at the same time
        VectorClock changes;
        VectorClock questions;
    };

    void begin();
    /// A thread that another one has made has what that one has.
    void started(int thread, int maker);
    /// The current thread asks for what a thread has.
    [[nodiscard]] const Of& asked(int thread);
    /// … and is about to change it.
    [[nodiscard]] Of& changed(int thread);

private:
    std::array<Of, threads_max> threads_{};
    bool is_used_ = false;
};

extern constinit Scheduling the_scheduling;
[[nodiscard]] inline Scheduling& scheduling() { return the_scheduling; }

}  // namespace revenant::model::native
