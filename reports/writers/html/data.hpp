// What the page's scripts draw from, as one JSON value.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace revenant::reports::html {

/// The element id of each row's finding, unlike any other; empty for a row without one.
[[nodiscard]] std::vector<std::string> finding_ids(const Report& report);

/// `findings` by their ids, `files` with excerpts of the source, and what the plots show.
[[nodiscard]] nlohmann::ordered_json page_data(const Report& report, const std::vector<std::string>& ids);

}  // namespace revenant::reports::html
