// `revenant litmus`: what C++ allows, what the model is known to reach, and what this build reaches.
#pragma once

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// Runs every litmus test. Returns exit_as_expected; exit_not_as_expected when this build differs from the
/// table, exit_usage when stdout cannot be written, exit_internal when a test of the table cannot be run.
[[nodiscard]] ExitStatus run_litmus();

}  // namespace revenant::harness
