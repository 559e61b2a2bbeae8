// The report as JUnit XML, for the test page of a CI system. It satisfies the schema that Jenkins reads with.
//
// A suite is a scenario, a case one implementation with so many threads. What a case comes to:
//
//   as claimed, decided           passes; a finding that was expected is told in <system-out>
//   not as claimed, decided       <failure>: the interleaving, and the command that replays it
//   a verdict was owed, none came <error>: a failure would say that something is known to be wrong
//   not deterministic             <error>: the test is at fault, whatever its verdict says
//   no verdict owed, none came    <skipped>: a pass would look like a proof, and nothing is proven
//   the run was interrupted       one more suite, with one case in <error>: a part never looks like the whole
//
// The schema gives <skipped> no attributes, so its reason is its text.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

[[nodiscard]] std::string to_junit(const Report& report);

}  // namespace revenant::reports
