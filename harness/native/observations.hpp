// Observations: what the executions of a test have come to, as the test says it: for tests of the search,
// which hold the ends that one strategy reaches against those that another one does.
#pragma once

#include <optional>
#include <string>

namespace revenant::harness {

/// Writes all that was observed, each once and sorted, to the file that REVENANT_OBSERVATIONS names, if it
/// names one. On error says what is wrong in one line.
[[nodiscard]] std::optional<std::string> write_observations();

}  // namespace revenant::harness
