// dpor_search: an exhaustive search in parts: in one process or several, a share of it or all, from the
// beginning or from a checkpoint.
#pragma once

#include <cstdint>
#include <string>

#include "harness/search/run.hpp"
#include "harness/search/settings.hpp"

namespace revenant::harness {

/// What can go wrong with a search's surroundings while it runs.
struct SearchError {
    enum class Cause : std::uint8_t {
        checkpoint_not_written,  ///< at the start, or its name is of what no checkpoint can be, or it is in
                                 ///< use
        checkpoint_not_read,     ///< it is damaged, or of another search
        process_lost,            ///< a process of the search has died, or talks nonsense
    };
    Cause cause;
    std::string line;  ///< for a person, without a full stop
};

/// `7 %`: of a tree that is not explored to its end, so that it is never all of it.
[[nodiscard]] std::string share_in_words(double share);

/// Throws SearchError.
[[nodiscard]] model::Outcome dpor_search(const Run& run, const SearchSettings& settings,
                                         const model::relacy::ExploreOptions& options);

}  // namespace revenant::harness
