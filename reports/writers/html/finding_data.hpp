// What a finding's timeline is drawn from.
#pragma once

#include <nlohmann/json.hpp>

#include "reports/report.hpp"
#include "reports/writers/html/places.hpp"

namespace revenant::reports::html {

/// Requires: the row has a finding. Steps are named by their index into `steps`; of a very long trace the
/// middle is left out, and `left_out` says where and how much.
[[nodiscard]] nlohmann::ordered_json finding_data(const Row& row, Places& places);

}  // namespace revenant::reports::html
