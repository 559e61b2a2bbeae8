// Demands: what every command line and every input may expect of the command, whatever they are.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "harness/process/child_process.hpp"

namespace revenant::harness::torture {

struct Demands {
    /// How it may end: a documented status, and not that of an internal error.
    std::set<int> statuses = {0, 1, 2, 3, 4, 5};
    /// Signals that may end it, such as one that was sent.
    std::set<int> signals = {};
    /// Colours were asked for, and may be on stdout.
    bool colours = false;
    /// What it writes on stderr may be a sanitizer's, in many lines; they are printable all the same.
    bool foreign_stderr = false;
};

/// What an ended command did against the demands, in one line; nothing if all is well. Not asked of a command
/// that was stopped by us.
[[nodiscard]] std::optional<std::string> objection(const Finished& ended, const Demands& demands);

/// What of a text cannot be printed, in a line: a control, an escape sequence, what is no UTF-8. Nothing if
/// all can. Line ends can; colours only where asked for.
[[nodiscard]] std::optional<std::string> unprintable(std::string_view text, bool colours);

}  // namespace revenant::harness::torture
