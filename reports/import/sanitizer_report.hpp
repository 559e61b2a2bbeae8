// The reports of AddressSanitizer, LeakSanitizer and ThreadSanitizer, as g++ and Clang print them.
#pragma once

#include <optional>
#include <string_view>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

/// The first report in the text; nothing if there is none that tells of a lifetime or a race.
[[nodiscard]] std::optional<BugReport> parse_sanitizer_report(std::string_view text);

}  // namespace revenant::reports
