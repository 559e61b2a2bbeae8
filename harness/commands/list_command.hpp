// `revenant list`: the catalogue, a scenario a paragraph, with the claim for each implementation.
#pragma once

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// With `rows`, the rows that `check` searches instead, one a line: `scenario implementation threads`.
/// Returns exit_as_expected; exit_usage when stdout cannot be written.
[[nodiscard]] ExitStatus run_list(bool rows);

}  // namespace revenant::harness
