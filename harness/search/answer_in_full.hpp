// The whole answer to a bug report, as `reports/import/answers` keeps it for each sample.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reports/import/answer.hpp"

namespace revenant::harness {

struct FullAnswer {
    std::optional<reports::BugReport> report;  ///< nothing: it is not recognised, or named and not read
    std::optional<reports::Answer> answer;
    /// The exit status, and what `import` says: its text without the interleaving, or the line of its
    /// complaint.
    std::string text;
};

[[nodiscard]] FullAnswer answer_in_full(std::string_view report);

}  // namespace revenant::harness
