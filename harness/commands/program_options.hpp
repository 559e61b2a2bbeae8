// The options that a program which explores itself has beside those of a search, on its own command line and
// behind `revenant explore`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace revenant::harness {

struct ProgramOptions {
    std::vector<std::string> tests;  ///< names; empty: all
    std::string replay;              ///< a schedule or the path of a case, or empty
    bool gdb = false;                ///< replay under gdb, stopped before the failing step
};

/// Parsing fills in the options, which outlive the parser.
void add_program_options(CLI::App& command, ProgramOptions& options);

}  // namespace revenant::harness
