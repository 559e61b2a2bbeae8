// The subcommands of `revenant` and their options, as CLI11 has them. For command_line.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "harness/commands/command_line.hpp"
#include "harness/commands/program_options.hpp"
#include "harness/commands/search_options.hpp"

namespace revenant::harness {

/// What CLI11 takes as it is, and we read.
struct Words : SearchWords {
    std::string step_timeout;
    std::string seconds;
    CheckOptions for_explore;             ///< parsed to see where they end; the program reads them again
    ProgramOptions for_program;           ///< … likewise
    SearchWords for_explore_words;        ///< … and those that are read then
    std::vector<std::string> of_explore;  ///< all words behind `explore`
};

/// Parsing fills in the request and the words; both outlive the parser.
void add_subcommands(CLI::App& app, Request& request, Words& words);

}  // namespace revenant::harness
