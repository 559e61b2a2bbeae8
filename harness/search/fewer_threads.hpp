// with_fewer_threads: whether a finding needs as many threads as it was found with.
#pragma once

#include <optional>

#include "harness/search/run.hpp"

namespace revenant::harness {

/// The same finding with fewer threads, if the scenario has it there; else nothing. Requires: `found` has a
/// finding of this run.
[[nodiscard]] std::optional<model::Outcome> with_fewer_threads(const Run& run, const model::Outcome& found);

}  // namespace revenant::harness
