// `revenant repro`: everything that a bug report's case claims, held against this build.
#pragma once

#include <string>

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// Replays the case in the model and, where the programs are built, on real threads; the broken
/// implementation and its fix. Searches every implementation that the case has a verdict of. Ends with a
/// sentence for each. Returns exit_as_expected or exit_not_as_expected; exit_bad_schedule when the case
/// cannot be read or the program has changed, exit_undecided when interrupted or when the case has no
/// verdicts, exit_internal when a run on real threads ended for a reason that is not the code's.
[[nodiscard]] ExitStatus run_repro(const std::string& path);

}  // namespace revenant::harness
