// Candidates: the broken entries of the catalogue that a bug report may be of, the likeliest first.
#pragma once

#include <string>
#include <vector>

#include "harness/search/run.hpp"
#include "reports/import/bug_report.hpp"
#include "reports/import/question.hpp"

namespace revenant::harness {

/// An entry that the report may be of.
struct Candidate {
    Run run;
    /// What the report names speaks for an entry. Against it speaks what it needs and the report does not
    /// show: a registry, an upgrade, a count that rises from 0. Equal scores are a tie.
    int score = 0;
    std::vector<std::string> named;  ///< what the report says that speaks for it
};

/// The broken entries whose claim fits the report. Of equals, the one that comes first in the catalogue.
[[nodiscard]] std::vector<Candidate> candidates_for(const reports::BugReport& report);

/// Whether the report is of revenant's own programs, so that its source lines may be ours.
[[nodiscard]] bool is_ours(const reports::BugReport& report);

[[nodiscard]] bool is_among(const std::vector<model::FindingKind>& kinds, model::FindingKind kind);

/// Whether the claim has a finding that can show as one of the report's kinds.
[[nodiscard]] bool fits(const reports::BugReport& report, const scenarios::Claim& claim);

}  // namespace revenant::harness
