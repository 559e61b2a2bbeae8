// The findings in the page's static HTML.
#pragma once

#include <string>
#include <vector>

#include "reports/report.hpp"

namespace revenant::reports::html {

/// A card for each group of findings (see finding_groups.hpp), and in it the place where the scripts draw its
/// timeline. `ids`: of each row, see data.hpp.
[[nodiscard]] std::string findings(const Report& report, const std::vector<std::string>& ids);

}  // namespace revenant::reports::html
