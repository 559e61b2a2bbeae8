// The report as GitHub's Markdown, for the summary of a CI step: what is not as expected first, everything
// else folded away.
//
// GitHub refuses a summary of more than 1 MiB. From 900 KiB on, detail is left out: first interleavings, then
// whole findings, then tables; the top of the page says what is missing and how much.
#pragma once

#include <string>

#include "reports/report.hpp"

namespace revenant::reports {

inline constexpr std::size_t markdown_bytes_max = 900 * 1024;

[[nodiscard]] std::string to_markdown(const Report& report);

}  // namespace revenant::reports
