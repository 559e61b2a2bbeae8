// How the report came to be, as a list under the page's heading.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports::html {

/// Empty if nothing of it is known.
[[nodiscard]] std::string provenance(const Report& report);

}  // namespace revenant::reports::html
