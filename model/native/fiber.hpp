// Fiber: a stack of its own, run with the thread pointer of a real thread that sleeps.
//
// With the thread pointer go thread_local, errno and the state of exceptions, each of which the program may
// switch in the middle of.
#pragma once

#include <cstddef>

namespace revenant::model::native {

struct Fiber {
    void* stack_pointer = nullptr;   ///< where it goes on, while another one runs
    void* thread_pointer = nullptr;  ///< of the real thread that lends it
    /// Where thread pointers come on demand: so many more times it gets its own as soon as it goes on, …
    unsigned times_at_once = 0;
    /// … and so often it has gone on without since it has asked for it.
    unsigned times_without = 0;
};

/// Makes a fiber that begins with `entry`, which never returns. `stack_end` is its highest address.
void prepare(Fiber& fiber, void* stack_end, void (*entry)());

/// Goes on with `to`; returns when somebody goes on with `from`.
void switch_to(Fiber& from, Fiber& to);

}  // namespace revenant::model::native
