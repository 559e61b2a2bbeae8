// The command line: the words that `revenant` understands, read into a request.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/commands/check_command.hpp"
#include "harness/commands/explore_command.hpp"
#include "harness/commands/import_command.hpp"
#include "harness/commands/replay_on_threads_command.hpp"
#include "harness/commands/stress_command.hpp"
#include "harness/commands/terminal.hpp"
#include "model/result.hpp"

namespace revenant::harness {

enum class Subcommand : std::uint8_t {
    none,  ///< `help` is to be printed
    list,
    check,
    explore,
    import,
    litmus,
    merge,
    minimise,
    replay,
    repro,
    stress,
};

/// What is asked for. Only what belongs to the subcommand means anything.
struct Request {
    Subcommand subcommand = Subcommand::none;
    std::string help;  ///< the text of --help or --version
    bool list_rows = false;
    CheckOptions check;
    ExploreOptions explore;
    std::string schedule;  ///< or the path of a case
    std::string case_path;
    ImportOptions import;
    std::vector<std::string> merge_files;
    bool on_threads = false;
    ThreadsOptions threads;
    StressOptions stress;
    Colour colour = Colour::automatic;
};

/// `source_root` is for reports whose options name no other. Errors: words that are not understood, in one
/// line.
[[nodiscard]] model::Result<Request> parse_command_line(int argc, char** argv,
                                                        const std::string& source_root);

}  // namespace revenant::harness
