// `revenant import`: reads what people send (a sanitizer's report, a debug log) and makes a case of it.
#pragma once

#include <string>

#include "harness/exit_status.hpp"
#include "harness/terminal.hpp"

namespace revenant::harness {

/// `path` is a file, or `-` for stdin. `case_path` empty: the file's name, with `.case`, in this folder; one
/// that is there already is not written over.
[[nodiscard]] ExitStatus run_import(const std::string& path, const std::string& case_path, Colour colour);

}  // namespace revenant::harness
