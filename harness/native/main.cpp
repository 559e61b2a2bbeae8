// What a program that explores itself does in place of its main: the options of `revenant check`, for its own
// tests.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <new>
#include <sstream>
#include <string>

#include "harness/commands/complain.hpp"
#include "harness/commands/exit_status.hpp"
#include "harness/commands/program_options.hpp"
#include "harness/commands/replay_command.hpp"
#include "harness/commands/search_options.hpp"
#include "harness/native/arguments.hpp"
#include "harness/native/debugger.hpp"
#include "harness/native/observations.hpp"
#include "harness/native/tests.hpp"
#include "model/native/engine.hpp"
#include "model/native/machine.hpp"
#include "model/native/start.hpp"
#include "reports/command_name.hpp"
#include "scenarios/entry.hpp"

namespace revenant::harness {
namespace {

// What nobody has said how long to search is worth this much.
constexpr double default_seconds = 10;

/// Whether somebody has said how much a row is to get, or wants all of it.
bool is_limited(const SearchSettings& search) {
    return search.budget_seconds || search.budget_executions || search.shard || !search.checkpoint.empty();
}

ExitStatus print_names() {
    std::string names;
    for (const auto& entry : scenarios::entries()) names += std::string(entry.scenario) + "\n";
    print(names);
    if (const auto unwritable = flush_stdout()) return complain(exit_usage, *unwritable);
    return exit_as_expected;
}

// As the program was started: its tests have our options, and a main of its own has others.
reports::ReplayLine replay_line_of(const Arguments& arguments) {
    const auto program = "./" + arguments.name;
    if (has_tests() && !arguments.handed_over) return {program + " --replay", ""};
    return {"revenant explore --replay", " " + program};
}

ExitStatus run(const Arguments& arguments) {
    reports::replay_line = replay_line_of(arguments);
    CLI::App app("Explores every interleaving of the tests of this program.");
    app.name(arguments.name);
    app.footer(exit_status_help);
    app.set_version_flag("--version", "revenant " REVENANT_VERSION);
    CheckOptions options;
    SearchWords words;
    ProgramOptions program;
    options.version = REVENANT_VERSION;
    options.reports.source_root = ".";
    app.add_option("GLOB", options.selection.scenario_globs, "Tests, by name (default: all)");
    add_program_options(app, program);
    bool list = false;
    app.add_flag("--list", list, "Show the tests' names, one a line, and explore nothing");
    add_native_search_options(app, options, words);
    add_colour(app, options.colour);
    try {
        auto reversed = arguments.words;
        std::reverse(reversed.begin(), reversed.end());
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0)
            return complain(exit_usage, std::string(error.what()) + "; see --help");
        std::ostringstream text;  // of --help or --version
        app.exit(error, text, text);
        print(text.str());
        if (const auto unwritable = flush_stdout()) return complain(exit_usage, *unwritable);
        return exit_as_expected;
    }
    // What is shared or goes on later is dpor's alone.
    const auto& search = options.search;
    const bool in_parts = search.jobs > 1 || !words.shard.empty() || !search.checkpoint.empty();
    if (in_parts && app.count("--strategy") == 0) options.search.strategy = StrategyName::dpor;
    if (const auto error = read_search_words(options.search, words)) return complain(exit_usage, *error);
    if (program.gdb && !is_under_gdb()) return become_gdb();
    for (const auto& name : program.tests) options.selection.scenario_globs.push_back(id_of(name));
    if (!is_limited(options.search)) options.search.budget_seconds = default_seconds;
    for (const auto kind : options.search.allowed) model::native::machine().allow(kind);
    find_tests();
    if (list) return print_names();
    if (program.gdb) model::native::stop_for_debugger();
    if (!program.replay.empty()) return run_replay(program.replay, options.colour);
    const auto status = run_check(options);
    if (const auto error = write_observations()) return complain(exit_usage, *error);
    return status;
}

}  // namespace
}  // namespace revenant::harness

int revenant::model::native::run_command(int argc, char** argv) {
    using namespace revenant::harness;
    try {
        return run(arguments_of(argc, argv));
    } catch (const std::bad_alloc&) {
        return complain(exit_internal, "out of memory");
    } catch (const std::exception& error) {
        return complain(exit_internal, std::string("internal error: ") + error.what());
    }
}
