// What the plots show: how executions grow with threads, and how long searches went on.
#pragma once

#include <nlohmann/json.hpp>

#include "reports/report.hpp"

namespace revenant::reports::html {

/// A line for each implementation under a scenario that was searched exhaustively with two thread counts or
/// more: its name, and `[threads, executions]`.
[[nodiscard]] nlohmann::ordered_json growth_data(const Report& report);

/// The longest searches that have milestones: their names, and `[executions, share from 0 to 1]`.
[[nodiscard]] nlohmann::ordered_json progress_data(const Report& report);

}  // namespace revenant::reports::html
