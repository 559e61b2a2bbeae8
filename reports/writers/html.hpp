// The report as one HTML page for a person: the catalogue as a table, each finding as a timeline to step
// through, and plots. One file with its styles, scripts and data inside; it asks nothing of any network.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

/// Says what matters without its scripts as well: verdicts, sentences, schedules, steps as text.
[[nodiscard]] std::string to_html(const Report& report);

}  // namespace revenant::reports
