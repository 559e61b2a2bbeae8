// One clear line on stderr, and the exit status that goes with it.
#pragma once

#include <optional>
#include <string>

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// Prints `revenant: <line>` on stderr, one line whatever it quotes, and returns the status.
ExitStatus complain(ExitStatus status, std::string line);

/// Flushes stdout; says in one line if what was printed did not arrive (a full disk).
[[nodiscard]] std::optional<std::string> flush_stdout();

}  // namespace revenant::harness
