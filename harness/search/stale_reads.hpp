// stale_reads: what a finding owes to a stale read or a spurious failure, which no switch of threads gives.
//
// No hardware can be made to do either, so that a finding without them is worth more: a person can follow it,
// and real threads can be forced through it. A search looks for one, and says how far it looked.
#pragma once

#include "model/outcome.hpp"

namespace revenant::harness {

/// How many choices of the outcome's execution are stale reads or spurious failures.
[[nodiscard]] unsigned stale_or_spurious(const model::Outcome& outcome);

/// Puts into the finding's note what a reader has to know of its first stale read or spurious failure, if it
/// has one. `without` is a search of the newest values only, or null: there was none. Also whether the
/// finding may be a false alarm of the model's. Requires: there is a finding.
void add_note(model::Outcome& found, const model::Outcome* without = nullptr);

}  // namespace revenant::harness
