// A log of counts (impl/debug_log.hpp writes one, and others do): a line for each change of a counter.
// The thread may be named in brackets, before or behind; without it the order alone is known.
#pragma once

#include <string_view>

#include "model/result.hpp"
#include "reports/import/bug_report.hpp"
#include "reports/import/operations/vocabulary.hpp"

namespace revenant::reports {

/// Whether any line of the text is a line of such a log.
[[nodiscard]] bool has_counter_lines(std::string_view text, const Vocabulary& vocabulary);

/// Errors: nothing in it looks broken.
[[nodiscard]] model::Result<BugReport> parse_counter_log(std::string_view text, const Vocabulary& vocabulary);

}  // namespace revenant::reports
