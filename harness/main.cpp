// The command `revenant`: what its words lead to. Each subcommand has a file of its own.
#include <fcntl.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "harness/command_line.hpp"
#include "harness/complain.hpp"
#include "harness/duration.hpp"
#include "harness/import_command.hpp"
#include "harness/list_command.hpp"
#include "harness/litmus_command.hpp"
#include "harness/merge_command.hpp"
#include "harness/minimise_command.hpp"
#include "harness/rank_search.hpp"
#include "harness/replay_command.hpp"
#include "harness/repro_command.hpp"

namespace revenant::harness {
namespace {

int run_replay_in_its_world(const CLI::App& replay, Arguments& arguments) {
    if (arguments.on_threads) {
        if (!arguments.step_timeout.empty()) {
            const auto seconds = parse_duration_seconds(arguments.step_timeout);
            if (!seconds) return complain(exit_usage, "--step-timeout: " + seconds.error());
            arguments.threads.run.step_timeout_seconds = std::min(*seconds, 24.0 * 3600);
        }
        return run_replay_on_threads(arguments.schedule, arguments.threads);
    }
    for (const auto* const option :
         {"--sanitizer", "--runs", "--until", "--gdb", "--no-fix", "--no-reports", "--step-timeout"}) {
        if (replay.count(option) > 0) {
            return complain(exit_usage, std::string(option) + " needs --on threads");
        }
    }
    return run_replay(arguments.schedule, arguments.colour);
}

int run_stress_row_by_row(Arguments& arguments) {
    auto& options = arguments.stress;
    if (!arguments.stress_duration.empty()) {
        const auto& text = arguments.stress_duration;
        const bool bare = text.find_first_not_of("0123456789.") == text.npos;
        const auto seconds = parse_duration_seconds(bare ? text + "s" : text);
        if (!seconds) return complain(exit_usage, "--seconds: " + seconds.error());
        options.settings.seconds = *seconds;
    }
    if (!options.selection.threads) options.selection.threads = 2;
    take_marks_off(options.selection.scenario_globs);
    return run_stress(options);
}

int run(int argc, char** argv, Ranks* ranks) {
    CommandLine line;
    auto& app = line.app;
    auto& arguments = line.arguments;
    try {
        app.parse(marked_arguments(argc, argv));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {  // --help, --version
            app.exit(error);
            std::cout.flush();
            if (!std::cout) return complain(exit_usage, "cannot write to stdout");
            if (const auto failed = flush_stdout()) return complain(exit_usage, *failed);
            return exit_as_expected;
        }
        return complain(exit_usage, std::string(error.what()) + "; see revenant --help");
    }
    if (app.get_subcommands().empty()) {
        return complain(exit_usage,
                        "a subcommand is required: list, check, import, litmus, merge, minimise, replay, "
                        "repro or stress; "
                        "see "
                        "revenant --help");
    }
    if (line.list->parsed()) return run_list();
    if (line.litmus->parsed()) return run_litmus();
    if (line.merge->parsed()) return run_merge(arguments.merge_files, arguments.check.reports.json);
    if (line.replay->parsed()) return run_replay_in_its_world(*line.replay, arguments);
    if (line.minimise->parsed()) {
        return run_minimise(arguments.schedule, arguments.check.case_path, arguments.colour);
    }
    if (line.repro->parsed()) return run_repro(arguments.case_path);
    if (line.import->parsed()) {
        return run_import(arguments.report_path, arguments.check.case_path, arguments.colour);
    }
    if (line.stress->parsed()) return run_stress_row_by_row(arguments);
    if (!arguments.budget.empty()) {
        const auto seconds = parse_duration_seconds(arguments.budget);
        if (!seconds) return complain(exit_usage, "--budget: " + seconds.error());
        arguments.check.search.budget_seconds = *seconds;
    }
    if (!arguments.shard.empty()) {
        const auto shard = parse_shard(arguments.shard);
        if (!shard) return complain(exit_usage, "--shard: " + shard.error());
        arguments.check.search.shard = *shard;
    }
    const auto& search = arguments.check.search;
    if (search.strategy != StrategyName::dpor &&
        (search.jobs > 1 || search.shard || !search.checkpoint.empty())) {
        return complain(exit_usage, "--jobs, --shard and --checkpoint need --strategy dpor");
    }
    if (ranks != nullptr && search.jobs > 1) {
        return complain(exit_usage, "--jobs: the ranks that mpirun has started are the processes");
    }
    arguments.check.search.ranks = ranks;
    take_marks_off(arguments.check.selection.scenario_globs);
    arguments.check.colour = arguments.colour;
    return line.check->parsed() ? run_check(arguments.check) : exit_internal;
}

// A standard stream that is closed would give its number to the next file. What stands in for it fails as a
// closed one does: it is open the wrong way round.
void open_missing_streams() {
    for (const int descriptor : {0, 1, 2}) {
        if (::fcntl(descriptor, F_GETFD) >= 0) continue;
        static_cast<void>(::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY));
    }
}

int run_or_complain(int argc, char** argv, Ranks* ranks) {
    try {
        return run(argc, argv, ranks);
    } catch (const std::exception& error) {
        return complain(exit_internal, std::string("internal error: ") + error.what());
    }
}

}  // namespace
}  // namespace revenant::harness

int main(int argc, char** argv) {
    revenant::harness::open_missing_streams();
#ifdef REVENANT_MPI
    const auto ranks = revenant::harness::join_ranks(argc, argv);
    if (ranks == nullptr) return revenant::harness::run_or_complain(argc, argv, nullptr);
    if (ranks->rank() != 0) {
        revenant::harness::serve(*ranks);
        return revenant::harness::exit_as_expected;  // how it went is for rank 0 to say
    }
    const int status = revenant::harness::run_or_complain(argc, argv, ranks.get());
    revenant::harness::dismiss(*ranks);
    return status;
#else
    return revenant::harness::run_or_complain(argc, argv, nullptr);
#endif
}
