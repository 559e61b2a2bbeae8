// Values: words that an option or a position may be given, plausible and absurd ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/torture/help_text.hpp"
#include "harness/torture/random.hpp"

namespace revenant::harness::torture {

/// Of a command line: one that somebody may mean gets past the parser more often.
enum class Mood : std::uint8_t { plausible, absurd };

/// A value for the option. None makes the command run for long, and none names a file outside of the folder
/// that it runs in.
[[nodiscard]] std::string value_of(Random& random, Mood mood, const Option& option);

/// A word for a position. `known` are plausible ones.
[[nodiscard]] std::string positional_value(Random& random, Mood mood, const std::vector<std::string>& known);

}  // namespace revenant::harness::torture
