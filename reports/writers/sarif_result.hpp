// One result of the SARIF report: a finding at its places, with the flow of each thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

/// A message or a description: `{"text": …}`, in characters that every reader takes.
[[nodiscard]] nlohmann::ordered_json sarif_text(const std::string& words);

/// The step that the row's finding is shown at: the failing one, else its partner, else the last one that has
/// a place in the tree; -1 when none has. Requires: the row has a finding.
[[nodiscard]] int sarif_anchor(const Row& row);

/// Requires: `sarif_anchor(row) >= 0`.
[[nodiscard]] nlohmann::ordered_json sarif_result(const Row& row);

}  // namespace revenant::reports
