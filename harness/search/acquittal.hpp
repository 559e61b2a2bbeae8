// Acquittal: a report that a correct implementation shows as well, under a tool that does not see how it
// synchronises, with the proof that it is correct.
#pragma once

#include <string>
#include <vector>

#include "model/stop_token.hpp"
#include "reports/import/bug_report.hpp"

namespace revenant::harness {

/// Sentences: which correct count has the report's picture, how many executions prove it, and what quiets
/// the tool. None if `stop` was requested before the proof was complete.
[[nodiscard]] std::vector<std::string> acquittal_of(const reports::BugReport& report, model::StopToken stop);

}  // namespace revenant::harness
