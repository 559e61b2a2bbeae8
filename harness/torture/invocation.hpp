// Invocation: one start of the command, with the shell around it that closes its streams or sets its limits.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/process/child_process.hpp"

namespace revenant::harness::torture {

struct Invocation {
    std::vector<std::string> words;
    /// For /bin/sh. `"$0" "$@"` are the command and its words; `exec` lets it be the shell's process.
    std::string line = R"(exec "$0" "$@")";
    std::vector<std::pair<std::string, std::string>> environment = {};
    bool fixed_addresses = false;
};

/// Starts it in the folder.
[[nodiscard]] ChildProcess start(const std::string& command, const Invocation& invocation,
                                 const std::string& folder);

/// The same as a line for bash, printable whatever its words are.
[[nodiscard]] std::string as_typed(const std::string& command, const Invocation& invocation,
                                   const std::string& folder);

/// A word as bash wants it typed.
[[nodiscard]] std::string as_word(const std::string& word);

}  // namespace revenant::harness::torture
