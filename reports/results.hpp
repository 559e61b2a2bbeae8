// Results: a report read back from its JSON form, revenant.results/1 (see README.md).
#pragma once

#include <string_view>

#include "model/result.hpp"
#include "reports/report.hpp"

namespace revenant::reports {

/// The report that `to_json` has written: writing it again gives the same bytes. What the format leaves out
/// (traces, summaries of scenarios, source lines) is empty. Errors: not of this format, cut short, without
/// rows, or with a row that is not as the schema says; the line names the row.
[[nodiscard]] model::Result<Report> parse_results(std::string_view text);

}  // namespace revenant::reports
