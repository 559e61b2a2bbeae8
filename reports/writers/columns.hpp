// Text in columns: width on the screen, wrapping and padding of UTF-8 text without wide characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revenant::reports {

/// How many columns the text takes. Counts code points: nothing we print is wide or combining.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// The text and spaces up to `width` columns.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);
/// Lines of at most `width` columns, broken at spaces where there are any, else anywhere. At least one.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace revenant::reports
