// dpor_search: an exhaustive search in parts: in one process or several, a share of it or all, from the
// beginning or from a checkpoint.
#pragma once

#include <optional>
#include <string>

#include "harness/exit_status.hpp"
#include "harness/search_row.hpp"
#include "model/search/dpor.hpp"

namespace revenant::harness {

/// What can go wrong with a search's surroundings while it runs: a checkpoint that cannot be read or
/// written, a search process that has died.
struct SearchError {
    ExitStatus status;
    std::string line;
};

/// Throws SearchError.
[[nodiscard]] model::Outcome dpor_search(const scenarios::Entry& entry, unsigned threads,
                                         const SearchSettings& settings,
                                         const model::relacy::ExploreOptions& options);

/// Of a scenario's threads, which are alike.
[[nodiscard]] model::search::SymmetryClasses symmetry_classes(const model::Program& program, unsigned threads,
                                                              bool symmetry);

}  // namespace revenant::harness
