// The options of a search, which `revenant check` and a program that explores itself have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/commands/check_command.hpp"

namespace revenant::harness {

/// What CLI11 takes as it is, and we read.
struct SearchWords {
    std::string budget;
    std::string shard;
    std::vector<std::string> allowed;
    /// What a row gets without a word of these, for --help.
    const char* budget_default = "none";
    const char* executions_default =
        "1000000; 100000 where the search is known not to finish soon; without --budget, --shard and "
        "--checkpoint";
};

/// Parsing fills in the options and the words; both outlive the parser.
void add_search_options(CLI::App& check, CheckOptions& options, SearchWords& words);
/// The same for ordinary code, which is explored by another strategy and for so long where nobody says how.
void add_native_search_options(CLI::App& explore, CheckOptions& options, SearchWords& words);
void add_colour(CLI::App& command, Colour& colour);

/// What a word means that CLI11 has taken as it is. On error says what is wrong in one line.
[[nodiscard]] std::optional<std::string> read_search_words(SearchSettings& search, const SearchWords& words);

}  // namespace revenant::harness
