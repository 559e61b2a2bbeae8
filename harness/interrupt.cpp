#include "harness/interrupt.hpp"

namespace revenant::harness {
namespace {

volatile std::sig_atomic_t interrupted = 0;

extern "C" void on_signal(int number) {
    interrupted = 1;
    std::signal(number, SIG_DFL);
}

}  // namespace

const volatile std::sig_atomic_t* watch_for_interrupt() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGHUP, on_signal);
    return &interrupted;
}

void interrupt() { interrupted = 1; }

}  // namespace revenant::harness
