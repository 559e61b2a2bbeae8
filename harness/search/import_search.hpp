// ImportSearch: which entry of the catalogue a bug report is of, and an interleaving with its signature.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/search/import_candidates.hpp"
#include "harness/search/run.hpp"
#include "harness/search/signature.hpp"

namespace revenant::harness {

struct Imported {
    std::optional<reports::Row> row;  ///< its finding has the report's signature
    Likeness likeness = Likeness::none;
    Candidate of;                  ///< the candidate that it was found in
    std::vector<Candidate> ties;   ///< others that are as likely, and have it too
    std::size_t searched = 0;      ///< candidates
    std::uint64_t executions = 0;  ///< in all of them
    bool complete = true;          ///< every candidate was searched to the end of its bound
    bool interrupted = false;
};

/// So many preemptions are looked at: no report so far needed more.
inline constexpr unsigned import_preemptions_max = 2;

/// Searches one candidate after the other, until an execution has the report's signature, at its source lines
/// if they are ours; then those that are as likely, for ties. `on_candidate` hears of each.
[[nodiscard]] Imported search_for(const reports::BugReport& report, const std::vector<Candidate>& candidates,
                                  model::StopToken stop,
                                  const std::function<void(std::size_t)>& on_candidate);

}  // namespace revenant::harness
