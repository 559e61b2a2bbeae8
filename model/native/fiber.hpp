// Fiber: a stack of its own, run with the thread pointer of a real thread that sleeps.
//
// With the thread pointer go thread_local, errno and the state of exceptions, each of which the program may
// switch in the middle of. A switch costs some nanoseconds where the processor may write the register that
// holds the pointer (Linux 5.9), and a system call elsewhere.
#pragma once

#include <cstddef>

namespace revenant::model::native {

struct Fiber {
    void* stack_pointer = nullptr;   ///< where it goes on, while another one runs
    void* thread_pointer = nullptr;  ///< of the real thread that lends it
};

/// Makes a fiber that begins with `entry`, which never returns. `stack_end` is its highest address.
void prepare(Fiber& fiber, void* stack_end, void (*entry)());

/// Goes on with `to`; returns when somebody goes on with `from`.
void switch_to(Fiber& from, const Fiber& to);

/// The thread pointer of whoever runs now.
[[nodiscard]] inline void* thread_pointer() { return __builtin_thread_pointer(); }

}  // namespace revenant::model::native
