// One clear line on stderr, and the exit status that goes with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/commands/exit_status.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {

/// Prints `revenant: <line>`, by the name of the command, on stderr, one printable line whatever it quotes,
/// and returns the status.
ExitStatus complain(ExitStatus status, const std::string& line, const char* program = reports::command_name);

/// Writes the text to stdout, at once and to its end: a signal in between cuts nothing off.
void print(std::string_view text);

/// Says in one line if something that was printed did not arrive, and why: a full disk, a closed stream.
[[nodiscard]] std::optional<std::string> flush_stdout();

}  // namespace revenant::harness
