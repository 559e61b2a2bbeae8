// `revenant list`: the catalogue, a scenario a paragraph, with the claim for each implementation.
#pragma once

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// Returns exit_as_expected; exit_usage when stdout cannot be written.
[[nodiscard]] ExitStatus run_list();

}  // namespace revenant::harness
