// Finding groups: rows of one implementation that found the same with other numbers of threads.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace revenant::reports::html {

/// The rows with a finding, by their places in the report, in its order. Those of a group are of the same
/// scenario, implementation, search and expectation, broke the same rule at the same two places of the
/// source, and differ in their numbers of threads.
[[nodiscard]] std::vector<std::vector<std::size_t>> finding_groups(const Report& report);

/// The numbers of threads of all but the first: `3 and 4`.
[[nodiscard]] std::string others_words(const Report& report, const std::vector<std::size_t>& group);

}  // namespace revenant::reports::html
