// The scoped debug log (impl/debug_log.hpp) and its like: a line for each change of a counter.
//
//     <config> 0x604000000010 deref 1 - 0 [T1]
//     [HTTP thread] <SSLConfig> 0x604000000010 ref 0 - 1
//
// The thread may be named in brackets, before or behind; without it the order alone is known.
#pragma once

#include <string_view>

#include "model/result.hpp"
#include "reports/import/bug_report.hpp"

namespace revenant::reports {

/// Whether any line of the text is a line of such a log.
[[nodiscard]] bool has_counter_lines(std::string_view text);

/// Errors: nothing in it looks broken.
[[nodiscard]] model::Result<BugReport> parse_counter_log(std::string_view text);

}  // namespace revenant::reports
