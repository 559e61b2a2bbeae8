// CommandLine: the words that `revenant` understands, and what they ask for.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "harness/check_command.hpp"
#include "harness/replay_on_threads.hpp"
#include "harness/stress_command.hpp"
#include "harness/terminal.hpp"

namespace revenant::harness {

struct Arguments {
    CheckOptions check;
    std::string budget;
    std::string shard;
    std::string schedule;  ///< or the path of a case
    std::string case_path;
    std::string report_path;
    std::vector<std::string> merge_files;
    bool on_threads = false;
    ThreadsOptions threads;
    std::string step_timeout;
    StressOptions stress;
    std::string stress_duration;
    Colour colour = Colour::automatic;
};

/// The parser and its subcommands; parsing fills in the arguments.
struct CommandLine {
    CommandLine();
    CommandLine(const CommandLine&) = delete;  // the options point into it
    CommandLine& operator=(const CommandLine&) = delete;

    Arguments arguments;
    CLI::App app;
    CLI::App* list = nullptr;
    CLI::App* check = nullptr;
    CLI::App* litmus = nullptr;
    CLI::App* merge = nullptr;
    CLI::App* replay = nullptr;
    CLI::App* minimise = nullptr;
    CLI::App* repro = nullptr;
    CLI::App* import = nullptr;
    CLI::App* stress = nullptr;
};

/// The words in reverse, as CLI11 wants them. It takes an argument in brackets for a list, and a glob may
/// begin with one: it is marked before the parse, and the mark taken off after it.
[[nodiscard]] std::vector<std::string> marked_arguments(int argc, char** argv);
void take_marks_off(std::vector<std::string>& globs);

}  // namespace revenant::harness
