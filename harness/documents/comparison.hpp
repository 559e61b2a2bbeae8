// Comparison: whether what a command printed is what a document shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace revenant::harness {

/// A line as it is compared. What changes from run to run is left out, and no more:
///   - a number before ` s`: `in 18.8 s` is `in T s`;
///   - a number with three decimals at the end of a line, the column `seconds`: `0.225` is `T`;
///   - several spaces are one, since columns grow with what is in them.
[[nodiscard]] std::string as_compared(const std::string& line);

/// Nothing, or the first line shown that was not printed, in words. A line `…` in `shown` stands for any
/// number of lines, none as well; ` …` at the end of a line for the rest of it. Blank lines at the end do not
/// count.
[[nodiscard]] std::optional<std::string> difference(std::vector<std::string> shown,
                                                    std::vector<std::string> printed);

}  // namespace revenant::harness
