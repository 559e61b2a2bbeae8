// look_behind: goes on after a data race on plain data. Its accesses become steps of the search, as if they
// were atomic operations that order nothing, and the row is searched once more; and so on, until no further
// race is found. A race on a plain flag hides what the flag was to prevent.
#pragma once

#include <functional>

#include "harness/search/run.hpp"

namespace revenant::harness {

/// A search under these options, its finding made readable.
using Find = std::function<model::Outcome(const model::relacy::ExploreOptions&)>;

/// Requires: `row.outcome` is what `find` has come to. Fills in what was found after it, and adds the
/// executions to its own. The budgets are those of all searches together.
void look_behind(reports::Row& row, model::relacy::ExploreOptions options, const Find& find);

}  // namespace revenant::harness
