// Printable: text that others have written, made fit for a terminal, a log or a report.
//
// A case, a result file or a bug report may hold anything: an escape sequence that renames the window, a
// character that turns the line round, bytes that are no text, a megabyte of them. Whatever reaches a person
// goes through here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace revenant::reports {

/// So many characters of a line are enough for what it says.
inline constexpr std::size_t printable_max = 1000;

/// The text as one line of at most so many characters, the rest cut with an ellipsis. Control characters (C0,
/// DEL, C1), line and paragraph separators, marks of direction and what is no UTF-8 become U+FFFD, one for
/// each byte, so that it is seen that something was there.
[[nodiscard]] std::string printable(std::string_view text, std::size_t characters_max = printable_max);

/// Whether `printable` would change nothing but the length.
[[nodiscard]] bool is_printable(std::string_view text);

/// The text in what XML 1.0 can carry: as `printable`, but of any length and with its tabs and newlines.
[[nodiscard]] std::string clean(std::string_view text);

}  // namespace revenant::reports
