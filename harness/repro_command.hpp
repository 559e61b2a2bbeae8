// `revenant repro`: everything that a bug report's case claims, held against this build.
#pragma once

#include <string>

#include "harness/exit_status.hpp"

namespace revenant::harness {

/// Replays the case in the model and, where the programs are built, on real threads; the broken
/// implementation and its fix. Searches every implementation that the case has a verdict of. Ends with a
/// sentence for each.
[[nodiscard]] ExitStatus run_repro(const std::string& path);

}  // namespace revenant::harness
