// Found: what a parser makes of a heading and the lines below it.
#pragma once

#include <optional>
#include <string>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

struct Found {
    /// Without deeds: the heading alone, mentioned or cut off.
    std::optional<BugReport> report;
    /// The tool is known, and the error is none that an interleaving would explain: one line that says what
    /// it is, and what would help. Or empty.
    std::string named;
};

}  // namespace revenant::reports
