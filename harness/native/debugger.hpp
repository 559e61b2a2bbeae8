// Debugger: a replay under gdb, which shows each thread of the program as a thread of its own.
#pragma once

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// Whether gdb has started this process, by `become_gdb`.
[[nodiscard]] bool is_under_gdb();

/// Becomes gdb, which runs this program with the same arguments, and shows the frame of the program's own
/// code where the failing thread stops. Returns only if it cannot: exit_usage.
[[nodiscard]] ExitStatus become_gdb();

}  // namespace revenant::harness
