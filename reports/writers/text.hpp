// The report as text for a person: a line a row, and the interleaving of a finding in columns.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

struct TextStyle {
    bool colours = false;
    unsigned width = 100;  ///< columns of the terminal; cells wrap to fit. At least 60.
};

/// One line a row under a heading, with its advice beneath, then a line of totals.
[[nodiscard]] std::string summary(const Report& report, const TextStyle& style);

/// The interleaving: a column a thread (with many threads, a list), values before and after, a mark at each
/// switch, and one sentence that says what went wrong. Empty when the row has no finding.
[[nodiscard]] std::string interleaving(const Row& row, const TextStyle& style);

/// What a search without a verdict has covered, and what made it large. Empty for any other row.
[[nodiscard]] std::string coverage(const Row& row, const TextStyle& style);

}  // namespace revenant::reports
