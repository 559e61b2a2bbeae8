// The reports in a text: where each begins, and which parser reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

struct Reports {
    std::vector<BugReport>
        whole;              ///< those that tell at least one side; of many, the ones that were asked for
    std::size_t count = 0;  ///< of all that do
    std::vector<BugReport> bare;       ///< those that tell an access and have no stack at all
    std::vector<BugReport> mentioned;  ///< headings with nothing below them
    std::string named;                 ///< of the first that is known and not read
};

/// `text` is plain (text/plain_text.hpp). The first `number` whole ones are kept.
[[nodiscard]] Reports reports_in(std::string_view text, std::size_t number, model::StopToken stop);

}  // namespace revenant::reports
