// Times: two reports of one search differ by how long it took, and by nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace revenant::harness::torture {

/// The text with every number that has a fraction or an exponent, and the blanks before it, made one mark:
/// times are such numbers.
[[nodiscard]] std::string without_times(std::string_view text);

/// The first line in which two texts differ, both sides of it, printable; nothing if they are equal.
[[nodiscard]] std::optional<std::string> first_difference(std::string_view one, std::string_view other);

}  // namespace revenant::harness::torture
