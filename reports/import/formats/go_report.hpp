// The reports of Go's race detector.
#pragma once

#include <string_view>

#include "reports/import/formats/found.hpp"

namespace revenant::reports {

/// `text` begins with `WARNING: DATA RACE`.
[[nodiscard]] Found parse_go_report(std::string_view text);

}  // namespace revenant::reports
