// The report as JSON, schema revenant.results/1: see reports/README.md.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

/// Keys in a fixed order, two spaces of indentation, a newline at the end. Equal reports give equal
/// bytes but for `seconds`.
[[nodiscard]] std::string to_json(const Report& report);

}  // namespace revenant::reports
