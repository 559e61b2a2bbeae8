#include "model/relacy/watchdog.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <cerrno>

namespace revenant::model::relacy {
namespace {

constexpr int exit_internal = 70;  // as every program of ours says it

std::string line;  // made before: a handler may not allocate
unsigned ticks_max = 0;
volatile std::sig_atomic_t ticks = 0;

extern "C" void on_tick(int) {
    const bool is_stuck = in_modelled_code != 0 && step_taken == 0;
    step_taken = 0;
    ticks = is_stuck ? ticks + 1 : 0;
    if (static_cast<unsigned>(ticks) < ticks_max) return;
    const int error = errno;
    static_cast<void>(!::write(STDERR_FILENO, line.data(), line.size()));
    errno = error;
    ::_exit(exit_internal);
}

void set_timer(long seconds) {
    itimerval every{};
    every.it_interval.tv_sec = seconds;
    every.it_value.tv_sec = seconds;
    ::setitimer(ITIMER_REAL, &every, nullptr);
}

}  // namespace

Watchdog::Watchdog(const std::string& subject, unsigned seconds) {
    line = "revenant: " + subject + ": a modelled thread has taken no step for " + std::to_string(seconds) +
           " seconds: it blocks, or loops over what is not the Platform's\n";
    ticks_max = seconds;
    ticks = 0;
    struct sigaction action {};
    action.sa_handler = on_tick;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGALRM, &action, &before_);
    set_timer(1);
}

Watchdog::~Watchdog() {
    set_timer(0);
    ::sigaction(SIGALRM, &before_, nullptr);
}

}  // namespace revenant::model::relacy
