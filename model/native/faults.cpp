#include "model/native/faults.hpp"

#include <ucontext.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "model/native/calls.hpp"
#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"
#include "model/native/signals.hpp"
#include "model/native/thread_pointer.hpp"

extern "C" FILE* _IO_list_all;  // glibc's list of all that are open

namespace revenant::model::native {
namespace {

constexpr std::size_t handler_stack_size = std::size_t{64} << 10;

const char* words_of(int signal) {
    switch (signal) {
        case SIGSEGV: return "the program touches memory that is not there (SIGSEGV)";
        case SIGBUS: return "the program touches memory that is not there (SIGBUS)";
        case SIGABRT: return "libc ends the program (SIGABRT)";
        case SIGPIPE: return broken_pipe;
        case SIGFPE: return "the program divides by zero (SIGFPE)";
        default: return "the program runs into an instruction that is none (SIGILL)";
    }
}

// The program's own instruction, as if it were a call that returned behind it; where the fault is in code
// that the program has called (this library looks at what is about to be written), the call. 0: not known.
std::uintptr_t place_of_fault(const void* context) {
    const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext.gregs;
    const auto at = static_cast<std::uintptr_t>(registers[REG_RIP]);
    if (!is_code_of_the_process(at)) return at + 1;
    const auto calls = calls_of_the_program();
    return calls.empty() ? 0 : calls.front();
}

// libc's functions on streams take a lock, whose owner is the thread's pointer. Nobody gives back what an
// execution leaves in the middle, and at the end of the search all are flushed.
void unlock_streams() {
    struct Lock {  // glibc's _IO_lock_t
        int is_taken;
        int count;
        void* owner;
    };
    for (auto* stream = _IO_list_all; stream != nullptr; stream = stream->_chain) {
        auto* const lock = reinterpret_cast<Lock*>(stream->_lock);
        if (lock != nullptr && lock->owner == __builtin_thread_pointer()) *lock = {};
    }
}

// The call returns EPIPE, as before where it is repeated.
bool is_killed_by_a_pipe() {
    auto& all = machine();
    if (all.repeats() || signals().ignores(SIGPIPE)) return false;
    const bool is_blocked = (all.self().blocked_signals & bit_of_signal(SIGPIPE)) != 0;
    if (is_blocked) all.self().has_broken_pipe = true;
    return !is_blocked;
}

// Leaves the handler by going on with the engine: nothing of the execution is needed any more.
void on_fault(int signal, siginfo_t* what, void* context) {
    if (signal == SIGSEGV && lends_thread_pointer(reinterpret_cast<std::uintptr_t>(what->si_addr))) return;
    if (!machine().is_running()) {
        std::signal(signal, SIG_DFL);
        static_cast<void>(std::raise(signal));
        return;
    }
    if (signal == SIGPIPE && !is_killed_by_a_pipe()) return;
    if (signal != SIGPIPE && is_stack_guard(reinterpret_cast<std::uintptr_t>(what->si_addr))) {
        const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext.gregs;
        machine().not_modelled(
            "more than 8 MiB of stack for a thread (or a function that calls itself for ever)",
            static_cast<std::uintptr_t>(registers[REG_RIP]));
    }
    unlock_streams();
    Failure failure;
    failure.text = words_of(signal);
    failure.place = place_of_fault(context);
    machine().fail(std::move(failure));
}

}  // namespace

CatchFaults::CatchFaults() {
    signals().remember();
    static auto* const stack = new unsigned char[handler_stack_size];
    stack_t on{};
    on.ss_sp = stack;
    on.ss_size = handler_stack_size;
    sigaltstack(&on, &stack_before_);
    struct sigaction action {};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
    for (std::size_t i = 0; i < std::size(caught); ++i) sigaction(caught[i], &action, &before_[i]);
}

CatchFaults::~CatchFaults() {
    for (std::size_t i = 0; i < std::size(caught); ++i) sigaction(caught[i], &before_[i], nullptr);
    sigaltstack(&stack_before_, nullptr);
}

}  // namespace revenant::model::native
