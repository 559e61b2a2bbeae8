#include "model/native/watchdog.hpp"

#include <ucontext.h>

#include <csignal>
#include <string>

#include "model/native/calls.hpp"
#include "model/native/export.hpp"
#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

// One that gdb neither stops for nor prints.
constexpr int tick = SIGVTALRM;
constexpr long ticks_a_second = 10;
constexpr long seconds_allowed = 5;
constexpr long ticks_allowed = seconds_allowed * ticks_a_second;

long ticks = 0;              // without progress
std::uint64_t progress = 0;  // as it was at the last tick

// Grows with whatever the machine does, in an execution that repeats another one's beginning as well.
std::uint64_t progress_now() {
    const auto& all = machine();
    return (Watchdog::executions << 32) + all.choices().size() + all.plain_accesses() + all.answers() +
           all.answers_given() + all.heap.blocks().size() + all.threads_made();
}

/// Whether the program has called the function of libc that runs now, and not this library.
bool is_called_by_the_program() {
    for (const auto call : calls_where_a_signal_came()) {
        if (is_own_code(call)) return false;
        if (!is_code_of_the_process(call)) return true;
    }
    return false;
}

// Within libc a lock may be held, so that the execution cannot be left there: mostly the program is met
// elsewhere at another tick. If it never is, all ends here.
void on_tick(int, siginfo_t*, void* context) {
    auto& all = machine();
    const bool is_exploring = all.is_running() && all.recorder == nullptr;
    const auto now = is_exploring ? progress_now() : 0;
    if (!is_exploring || now != progress) {
        progress = now;
        ticks = 0;
        return;
    }
    if (++ticks < ticks_allowed) return;
    const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext.gregs;
    const auto at = static_cast<std::uintptr_t>(registers[REG_RIP]);
    if (is_own_code(at)) return;
    const auto what = std::to_string(seconds_allowed) +
                      " seconds of processor time without a step, an access that is announced or an "
                      "allocation";
    if (!is_code_of_the_process(at)) {
        ticks = 0;
        all.not_modelled(what, at);
    }
    if (ticks < 2 * ticks_allowed || !is_called_by_the_program()) return;
    const auto line = "the program uses what is not understood: " + what + " (" +
                      in_words(all.current(), calls_of_the_program()) + ")";
    give_up(internal_error, line.c_str());
}

}  // namespace

Watchdog::Watchdog() {
    struct sigaction action {};
    action.sa_sigaction = on_tick;
    action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO | SA_RESTART;
    sigaction(tick, &action, nullptr);  // for ever: a last tick may be on its way
    struct sigevent event {};
    event.sigev_notify = SIGEV_SIGNAL;  // to the first thread: all others have blocked every signal
    event.sigev_signo = tick;
    is_set_ = timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer_) == 0;
    if (!is_set_) return;
    constexpr long a_second = 1'000'000'000;
    const itimerspec times{{0, a_second / ticks_a_second}, {0, a_second / ticks_a_second}};
    timer_settime(timer_, 0, &times, nullptr);
}

Watchdog::~Watchdog() {
    if (is_set_) timer_delete(timer_);
}

}  // namespace revenant::model::native
