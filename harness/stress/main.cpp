// The command `revenant-stress`: real threads on the production build of each registry. The sanitizer
// builds of it are the point; without one only a crash or a failed check is seen.
#include <fmt/format.h>
#include <fnmatch.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "harness/commands/complain.hpp"
#include "harness/commands/duration.hpp"
#include "harness/commands/exit_status.hpp"
#include "harness/commands/glob.hpp"
#include "harness/process/sanitizer_options.hpp"
#include "harness/stress/runner.hpp"

namespace revenant::harness::stress {
namespace {

struct Options {
    std::string glob = "*";
    std::string shape = "*";
    std::string duration = "2s";
    unsigned trials = 1;
    bool log = false;
    bool verbose = false;
};

constexpr const char* status_help =
    "Exit status: 0 the correct registries ended clean; 1 one of them did not; 2 usage;\n"
    "70 a trial could not be made (no process, no thread, no memory).\n"
    "A broken registry never fails the run: its catch rate is printed, and may be zero.";

ExitStatus complain(const std::string& line) {
    return harness::complain(exit_usage, line, "revenant-stress");
}

// Runs the trials of one pair and prints their line.
ExitStatus run_pair(const Implementation& implementation, const Shape& shape, const Options& options,
                    double seconds) {
    unsigned caught = 0;
    Totals totals;
    std::string how = "-";
    for (unsigned i = 0; i < options.trials; ++i) {
        const auto trial = run_trial(implementation, shape, {seconds, options.log, !options.verbose});
        totals.rounds += trial.totals.rounds;
        totals.interns += trial.totals.interns;
        if (trial.end == End::no_trial) {
            const auto line = fmt::format("{} {}: no trial was made, and that is not its fault: {}",
                                          implementation.id, shape.id, trial.how);
            return harness::complain(exit_internal, line, "revenant-stress");
        }
        if (trial.end == End::clean) continue;
        ++caught;
        how = fmt::format("{} ({})", to_text(trial.end), trial.how);
    }
    const bool wrong = implementation.correct && caught > 0;
    fmt::print("{:<28} {:<8} {:<8} {:>3} of {:<3} caught  {:<28} {:>10} rounds {:>11} interns{}\n",
               implementation.id, shape.id, implementation.correct ? "correct" : "broken", caught,
               options.trials, how, totals.rounds, totals.interns, wrong ? "  NOT CLEAN" : "");
    std::fflush(stdout);
    return wrong ? exit_not_as_expected : exit_as_expected;
}

bool matches(const std::string& glob, std::string_view id) {
    return fnmatch(glob.c_str(), std::string(id).c_str(), 0) == 0;
}

// The trials are children of this program, whose sanitizer has read its options before main: where somebody
// has set some, the program begins again with those by which a trial is judged.
void insist_on_options(char** argv) {
    constexpr const char* settled = "REVENANT_STRESS_OPTIONS_SETTLED";
    if (std::getenv(settled) != nullptr) return;
    bool any = false;
    for (const auto& [name, value] : sanitizer_options()) {
        any = any || std::getenv(name.c_str()) != nullptr;
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    ::setenv(settled, "1", 1);
    if (any) ::execv("/proc/self/exe", argv);
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app{"Stresses the production build of each registry with real threads."};
    app.name("revenant-stress");
    app.footer(status_help);
    app.add_option("--implementation", options.glob, "Registries (default: all)")->type_name("GLOB");
    app.add_option("--shape", options.shape, "waves or driver (default: both)")->type_name("GLOB");
    app.add_option("--seconds", options.duration, "Time of each trial, such as 500ms or 2s (default: 2s)")
        ->type_name("DURATION");
    app.add_option("--trials", options.trials, "Trials of each, a process each (default: 1)")
        ->type_name("N")
        ->check(CLI::Range(1u, 10'000u));
    app.add_flag("--log", options.log, "Switch the scoped debug log on: it widens the race's window");
    app.add_flag("--verbose", options.verbose, "Show what the trials write on stderr");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        return complain(std::string(error.what()) + "; see revenant-stress --help");
    }
    const auto seconds = parse_duration_seconds(options.duration);
    if (!seconds) return complain("--seconds: " + seconds.error());

    for (const auto& [option, glob] :
         {std::pair("--implementation", options.glob), std::pair("--shape", options.shape)}) {
        if (is_malformed_glob(glob)) return complain(fmt::format("{}: {}", option, not_a_glob(glob)));
    }

    ExitStatus status = exit_as_expected;
    unsigned pairs = 0;
    for (const auto& implementation : implementations()) {
        for (const auto& shape : shapes()) {
            if (!matches(options.glob, implementation.id) || !matches(options.shape, shape.id)) continue;
            ++pairs;
            const auto of_pair = run_pair(implementation, shape, options, *seconds);
            if (of_pair == exit_internal) return of_pair;
            if (of_pair != exit_as_expected) status = of_pair;
        }
    }
    if (pairs == 0) {
        return complain(fmt::format("nothing matches --implementation '{}' and --shape '{}'", options.glob,
                                    options.shape));
    }
    return status;
}

}  // namespace
}  // namespace revenant::harness::stress

int main(int argc, char** argv) {
    revenant::harness::stress::insist_on_options(argv);
    return revenant::harness::stress::run(argc, argv);
}
