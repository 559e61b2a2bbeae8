// `revenant replay`: follows a schedule that `check` has printed, and shows where it ends.
#pragma once

#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/terminal.hpp"

namespace revenant::harness {

/// Returns exit_as_expected or exit_not_as_expected; exit_bad_schedule when it cannot be followed, exit_usage
/// when stdout cannot be written.
[[nodiscard]] ExitStatus run_replay(const std::string& schedule_or_path, Colour colour);

}  // namespace revenant::harness
