#include "harness/process/interrupt.hpp"

#include <dlfcn.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace revenant::harness {
namespace {

// A terminal's signal may come again at once, from a parent that passes it on: that is not a second wish.
constexpr long long same_wish_ms = 1000;

volatile std::sig_atomic_t is_interrupted = 0;
volatile long long first_ms = 0;  // of this process's own signals; 0: none yet

// The system's, one of the few functions that a handler may call. By its name alone the native world's
// library would find its own, which is a step of the program that the signal has come to.
decltype(&::clock_gettime) system_clock = nullptr;

long long now_ms() {
    timespec now{};
    system_clock(CLOCK_MONOTONIC, &now);
    return static_cast<long long>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

extern "C" void on_signal(int number) {
    is_interrupted = 1;
    if (first_ms == 0) first_ms = now_ms();
    if (now_ms() - first_ms < same_wish_ms) return;
    std::signal(number, SIG_DFL);
    ::kill(::getpid(), number);  // not raise: the native world's library has its own of that, too
}

}  // namespace

// Without SA_RESTART: what waits for a file or a pipe is woken, and looks at the token.
model::StopToken watch_for_interrupt() {
    system_clock = reinterpret_cast<decltype(system_clock)>(::dlsym(RTLD_NEXT, "clock_gettime"));
    struct sigaction action {};
    action.sa_handler = on_signal;
    ::sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(number, &action, nullptr);
    return model::StopToken(is_interrupted);
}

void interrupt() { is_interrupted = 1; }

}  // namespace revenant::harness
