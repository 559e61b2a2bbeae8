// The thread pointer: the register (x86-64: the base of fs) that says where a thread's thread_local variables
// are, errno and the state of exceptions among them.
//
// Each fiber has that of a real thread. Where a program may write the register itself (Linux 5.9 and a
// processor of this decade) it gets it at once, in some nanoseconds. Elsewhere - older kernels, many virtual
// machines - a system call writes it: microseconds, more than all else of a step. There a fiber gets its own
// on demand only: the register holds an address that is nobody's, beside which nothing may be touched but the
// words that are the same in all threads. Who touches a thread_local variable faults, gets its own, and goes
// on.
//
// For the thread that explores alone.
#pragma once

#include <cstdint>

namespace revenant::model::native {

struct Fiber;

/// The thread pointer of whoever runs now.
[[nodiscard]] inline void* thread_pointer() { return __builtin_thread_pointer(); }

/// The errno of the thread whose pointer that is.
[[nodiscard]] int& errno_of(void* thread_pointer);

/// `to` is about to go on in place of `from`.
void hand_thread_pointer_on(const Fiber& from, Fiber& to);

/// Whether a system call writes the register; or as the environment has it (REVENANT_THREAD_POINTERS).
[[nodiscard]] bool thread_pointers_are_dear();

/// While it lives, thread pointers come on demand where they are dear.
/// Requires: what SIGSEGV calls asks `lends_thread_pointer`.
class ThreadPointersOnDemand {
public:
    explicit ThreadPointersOnDemand(bool are_dear = thread_pointers_are_dear());
    ~ThreadPointersOnDemand();
    ThreadPointersOnDemand(const ThreadPointersOnDemand&) = delete;
    ThreadPointersOnDemand& operator=(const ThreadPointersOnDemand&) = delete;
};

/// An access to this address has faulted: whether it was for want of a thread pointer. The thread has its own
/// now, and can take the instruction again.
[[nodiscard]] bool lends_thread_pointer(std::uintptr_t address);

}  // namespace revenant::model::native
