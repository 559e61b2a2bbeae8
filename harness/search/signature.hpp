// Signature: whether an execution of the model is what a bug report tells of: the same kind of finding, and
// the same operations of as many threads, at the same source lines where both have them.
#pragma once

#include <cstdint>

#include "model/outcome.hpp"
#include "reports/import/bug_report.hpp"

namespace revenant::harness {

enum class Likeness : std::uint8_t {
    none,
    kind,        ///< the kind is the same, and the report does not tell the operations
    operations,  ///< kind and operations are the same; the lines are others, or the report has none
    places,      ///< and each line of the finding is one of the report's stack
};

/// Requires: the outcome has a finding.
[[nodiscard]] Likeness likeness(const reports::BugReport& report, const model::Outcome& outcome);

}  // namespace revenant::harness
