// Pinned counts: how many executions the exhaustive search takes, row by row, as text. The file beside the
// catalogue holds the ones that are expected, so that a change of the search shows in a diff.
#pragma once

#include <string>

namespace revenant::harness {

/// Each entry with two and three threads; the reference workload and the seed's scenario with four as
/// well, the reference also without symmetry.
[[nodiscard]] std::string pinned_counts();

}  // namespace revenant::harness
