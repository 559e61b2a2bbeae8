// `revenant minimise`: the same finding with fewer threads, switches and steps, and the pair that it hangs
// on.
#pragma once

#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/terminal.hpp"

namespace revenant::harness {

/// `case_path`: where to write what came out as a case, or empty. Returns exit_as_expected; exit_bad_schedule
/// when the schedule cannot be followed or ends well, exit_usage for a file that cannot be written,
/// exit_undecided when interrupted while it waits for one.
[[nodiscard]] ExitStatus run_minimise(const std::string& schedule_or_path, const std::string& case_path,
                                      Colour colour);

}  // namespace revenant::harness
