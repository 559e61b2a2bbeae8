// `revenant litmus`: what C++ allows, what the model is known to reach, and what this build reaches.
#pragma once

#include "harness/exit_status.hpp"

namespace revenant::harness {

/// Runs every litmus test. Not as expected: this build differs from the table.
[[nodiscard]] ExitStatus run_litmus();

}  // namespace revenant::harness
