#include "model/native/faults.hpp"

#include <cstdlib>

#include "model/native/layout.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

constexpr std::size_t handler_stack_size = std::size_t{64} << 10;

const char* words_of(int signal) {
    switch (signal) {
        case SIGSEGV: return "the program touches memory that is not there (SIGSEGV)";
        case SIGBUS: return "the program touches memory that is not there (SIGBUS)";
        case SIGFPE: return "the program divides by zero (SIGFPE)";
        default: return "the program runs into an instruction that is none (SIGILL)";
    }
}

// Leaves the handler by going on with the engine: nothing of the execution is needed any more.
void on_fault(int signal, siginfo_t* what, void*) {
    if (!machine().is_running()) {
        std::signal(signal, SIG_DFL);
        static_cast<void>(std::raise(signal));
        return;
    }
    if (is_stack_guard(reinterpret_cast<std::uintptr_t>(what->si_addr))) {
        machine().not_modelled(
            "more than 8 MiB of stack for a thread (or a function that calls itself for ever)");
    }
    machine().fail({FindingKind::assertion, words_of(signal), 0, 0, -1});
}

}  // namespace

CatchFaults::CatchFaults() {
    static auto* const stack = new unsigned char[handler_stack_size];
    stack_t on{};
    on.ss_sp = stack;
    on.ss_size = handler_stack_size;
    sigaltstack(&on, &stack_before_);
    struct sigaction action {};
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
    for (std::size_t i = 0; i < std::size(signals); ++i) sigaction(signals[i], &action, &before_[i]);
}

CatchFaults::~CatchFaults() {
    for (std::size_t i = 0; i < std::size(signals); ++i) sigaction(signals[i], &before_[i], nullptr);
    sigaltstack(&stack_before_, nullptr);
}

}  // namespace revenant::model::native
