// The report as SARIF 2.1.0, for code scanning and for editors: a finding at the source lines of both
// threads.
//
// A rule is a kind of finding, a result a row with a finding. Where there is no finding to point at, the
// run says so in its notifications: nothing found where a bug is claimed, no verdict, a test that is not
// deterministic, an interruption. The last two make `executionSuccessful` false.
//
// Level: `error` for what the catalogue does not claim, `note` for what it does. Code scanning fails a pull
// request by errors alone, keeps notes as alerts of the lowest rank, and drops them first where there are
// too many. `suppressions` would hide a known bug; it should stay visible.
//
// Code scanning refuses a whole file for one result without a place. So a finding is placed at its failing
// step, else at the other step, else at the last step that has a place; without any it becomes a
// notification. A step without a usable place (no file, an absolute path, one that leaves the tree) is left
// out of the code flow: there is nowhere to go.
//
// Limits, within those of code scanning: 5000 results, unexpected ones first; 1000 steps of an execution,
// the last ones and the pair. What is left out is said.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

[[nodiscard]] std::string to_sarif(const Report& report);

}  // namespace revenant::reports
