// Letters and digits of ASCII, whatever the locale: what names and counters are made of.
#pragma once

namespace revenant::reports {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Of an identifier.
[[nodiscard]] constexpr bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

}  // namespace revenant::reports
