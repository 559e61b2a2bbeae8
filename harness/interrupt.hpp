// Ctrl-C, SIGTERM and a terminal that goes away: the first asks the search to stop, so that what was done is
// still reported; another one a second later or more ends the program at once.
#pragma once

#include <csignal>

namespace revenant::harness {

/// Installs the handlers. Returns the flag that they set; it lives as long as the program.
const volatile std::sig_atomic_t* watch_for_interrupt();

/// Sets the flag without a signal: another process of the same search has got one.
void interrupt();

}  // namespace revenant::harness
