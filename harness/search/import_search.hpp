// ImportSearch: which entry of the catalogue a bug report is of, and an interleaving with its signature.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/search/run.hpp"
#include "harness/search/signature.hpp"

namespace revenant::harness {

/// An entry that the report may be of.
struct Candidate {
    Run run;
    int score = 0;
    std::vector<std::string> named;  ///< what the report says that speaks for it
};

/// The broken entries whose claim fits the report, the likeliest first.
[[nodiscard]] std::vector<Candidate> candidates_for(const reports::BugReport& report);

struct Imported {
    std::optional<reports::Row> row;  ///< its finding has the report's signature
    Likeness likeness = Likeness::none;
    Candidate of;                  ///< the candidate that it was found in
    std::size_t searched = 0;      ///< candidates
    std::uint64_t executions = 0;  ///< in all of them
    bool complete = true;          ///< every candidate was searched to the end of its bound
    bool interrupted = false;
};

/// So many preemptions are looked at: no report so far needed more.
inline constexpr unsigned import_preemptions_max = 2;

/// Searches one candidate after the other, until an execution has the report's signature at its source lines;
/// if none has, the first with the same operations is taken. `on_candidate` hears of each.
[[nodiscard]] Imported search_for(const reports::BugReport& report, const std::vector<Candidate>& candidates,
                                  model::StopToken stop,
                                  const std::function<void(std::size_t)>& on_candidate);

}  // namespace revenant::harness
