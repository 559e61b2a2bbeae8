// `revenant import`: reads what people send (a sanitizer's report, a debug log) and makes a case of it.
#pragma once

#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/terminal.hpp"

namespace revenant::harness {

/// `path` is a file, or `-` for stdin. `case_path` empty: the file's name, with `.case`, in this folder; one
/// that is there already is not written over. Returns exit_as_expected when a case was written;
/// exit_bad_schedule when the report cannot be read or nothing in it is recognised, exit_not_as_expected when
/// no interleaving has its signature, exit_undecided when the budget or the report does not suffice to say,
/// exit_usage for a file that cannot be written.
[[nodiscard]] ExitStatus run_import(const std::string& path, const std::string& case_path, Colour colour);

}  // namespace revenant::harness
