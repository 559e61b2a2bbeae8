// Ctrl-C, SIGTERM and a terminal that goes away: the first asks the search to stop, so that what was done is
// still reported; another one a second later or more ends the program at once.
#pragma once

#include "model/stop_token.hpp"

namespace revenant::harness {

/// Installs the handlers. The token speaks of them as long as the program lives.
model::StopToken watch_for_interrupt();

/// As if a signal had come: another process of the same search has got one.
void interrupt();

}  // namespace revenant::harness
