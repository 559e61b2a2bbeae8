// Watchdog: ends the process when modelled code blocks or loops where the model cannot see it.
#pragma once

#include <csignal>
#include <string>

namespace revenant::model::relacy {

/// Whether what runs now is code on trial. Read by a signal handler.
inline volatile std::sig_atomic_t in_modelled_code = 0;
/// Set by each step. Read and cleared by a signal handler.
inline volatile std::sig_atomic_t step_taken = 0;

/// While it lives, a modelled thread that takes no step for so many seconds ends the process with a line on
/// stderr and the status of an internal error: nothing calls back a thread that waits in the kernel. Uses
/// SIGALRM and the interval timer. One at a time.
class Watchdog {
public:
    /// `subject`: what is explored, for the line.
    Watchdog(const std::string& subject, unsigned seconds);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

private:
    struct sigaction before_ {};
};

}  // namespace revenant::model::relacy
