// The critical pair: the two steps of different threads on whose order a finding hangs.
#pragma once

#include <optional>

#include "harness/search/minimise.hpp"
#include "harness/search/run.hpp"

namespace revenant::harness {

/// With the first step of the pair held back until the second is done, and all else as before as far as it
/// can be, the execution ends well; held back for less, it does not. The latest such first step. The two
/// depend on each other: they work on one cell and do not both read it, or one ends the life of the other's
/// object. Nothing if there are none such. Requires: `found` has a finding of this run, and the trace of its
/// schedule.
[[nodiscard]] std::optional<model::CriticalPair> critical_pair(const Run& run, const model::Outcome& found,
                                                               Patience patience = {});

/// Looks for the critical pair of a row that has a finding, for whoever shows it.
void add_critical_pair(reports::Row& row);

}  // namespace revenant::harness
