// Whole files: what a command leaves in a folder is what was there, or is whole.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace revenant::harness::torture {

/// The files of a folder by name, with their text. Other things have their kind for a text.
using Snapshot = std::map<std::string, std::string>;
[[nodiscard]] Snapshot snapshot(const std::string& folder);

/// What is wrong with the folder after a command that found it as `before`, in a line: a file that is neither
/// as it was nor whole by the rules of its extension, a temporary file, one that is gone. Files named
/// *.checkpoint may go: a search that has ended removes its own. After a kill a lock may stay, and go later.
[[nodiscard]] std::optional<std::string> objection_to_files(const Snapshot& before, const Snapshot& after,
                                                            bool killed = false);

/// Whether a text is a whole json, sarif, case, checkpoint, xml, html or md file; false for another
/// extension.
[[nodiscard]] bool is_whole(const std::string& name, const std::string& text);

}  // namespace revenant::harness::torture
