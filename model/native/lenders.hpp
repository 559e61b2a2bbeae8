// Lenders: real threads that sleep, and lend what belongs to a thread to the fibers of the program: its
// thread pointer, and with it thread_local variables.
//
// For a debugger each lender takes over where its fiber stands, so that the debugger shows the program's
// threads as threads of the process, each with its stack and its variables.
#pragma once

#include <vector>

#include "model/native/machine.hpp"

namespace revenant::model::native {

/// Makes them. Their thread pointers.
[[nodiscard]] std::vector<void*> borrow_threads();

/// After an execution that has failed: every thread of it that has not ended is shown where it stands, and
/// the one that has failed stops for the debugger. Returns when that one is let go on.
void show_to_debugger(const Machine& machine);

}  // namespace revenant::model::native
