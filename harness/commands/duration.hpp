// Durations as a person writes them: 500ms, 60s, 2m, 1h. A unit is required.
#pragma once

#include <string>

#include "model/result.hpp"

namespace revenant::harness {

/// The duration in seconds; positive, at most a year.
[[nodiscard]] model::Result<double> parse_duration_seconds(const std::string& text);

}  // namespace revenant::harness
