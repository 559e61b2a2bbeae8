// The page's static HTML: what it says without its scripts.
#pragma once

#include <string>
#include <vector>

#include "reports/report.hpp"

namespace revenant::reports::html {

[[nodiscard]] std::string top(const Report& report);
/// A group of lines a scenario, a line an implementation, a column a thread count.
[[nodiscard]] std::string catalogue(const Report& report, const std::vector<std::string>& ids);
/// Where the scripts draw the plots.
[[nodiscard]] std::string plot_places(const Report& report);
[[nodiscard]] std::string foot(const Report& report);

}  // namespace revenant::reports::html
