// The whole answer to a bug report, as `reports/import/answers` keeps it for each sample.
#pragma once

#include <string>
#include <string_view>

namespace revenant::harness {

/// The exit status, and what `import` says: its text without the interleaving, or the line of its complaint.
[[nodiscard]] std::string answer_in_full(std::string_view report);

}  // namespace revenant::harness
