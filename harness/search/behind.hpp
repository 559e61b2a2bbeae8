// look_behind: goes on after a data race on plain data. Its accesses become steps of the search, as if they
// were atomic operations that order nothing, and the row is searched once more; and so on, until no further
// race is found. A race on a plain flag hides what the flag was to prevent. A leak, which many an execution
// may have, hides the rest as well: memory that is never given back passes from then on, and so does memory
// that is given back by what another kind of allocation has.
#pragma once

#include <functional>

#include "harness/search/run.hpp"

namespace revenant::harness {

/// How a row is searched: a search under some options, and its finding made readable, which takes longer …
struct Searcher {
    std::function<model::Outcome(const model::relacy::ExploreOptions&)> search;
    /// … the more briefly the more of them the row shows already.
    std::function<model::Outcome(const model::relacy::ExploreOptions&, model::Outcome, std::size_t shown)>
        make_readable;
};

/// Requires: `row.outcome` is what the first search has come to. Fills in what was found after it, and adds
/// the executions to its own. Of very many races the last are only counted. The budgets are those of all
/// searches together.
void look_behind(reports::Row& row, model::relacy::ExploreOptions options, const Searcher& searcher);

/// Leaks, and memory that is given back in another kind's way, come last among the row's findings, and are
/// its own one only where there is nothing else.
void put_what_may_pass_last(reports::Row& row);

}  // namespace revenant::harness
