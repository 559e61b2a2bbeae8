// `revenant import`: reads what people send, says what it is, and makes a case of it where it can.
#pragma once

#include <cstddef>
#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/terminal.hpp"

namespace revenant::harness {

struct ImportOptions {
    std::string path;             ///< a file, or `-` for stdin
    std::string case_path;        ///< empty: the file's name, with `.case`, in this folder
    std::string json_path;        ///< empty: none; `-`: stdout, in place of the text
    std::string vocabulary_path;  ///< empty: the standard words alone
    std::size_t number = 1;       ///< of the reports in the file
};

/// A default case that is there already is not written over. Returns exit_as_expected when a case was
/// written; exit_undecided when the report is understood and there is none (kind only, one thread, cannot
/// tell, interrupted); exit_bad_schedule when it cannot be read or nothing in it is recognised; exit_usage
/// for a file that cannot be written, or a vocabulary that is none.
[[nodiscard]] ExitStatus run_import(const ImportOptions& options, Colour colour);

}  // namespace revenant::harness
