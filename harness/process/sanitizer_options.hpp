// The options by which we judge how a program under a sanitizer ended. What is set in the environment stands,
// but for these: with an exit status or a log of somebody's own, a race that was caught would look like a
// good end.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace revenant::harness {

/// The environment variables of the sanitizers, each with these `more` options, then what is set there now,
/// then the options that must hold: the last one of a name wins.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> sanitizer_options(
    const std::string& more = "");

}  // namespace revenant::harness
