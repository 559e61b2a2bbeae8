#include "harness/commands/replay_on_threads_command.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "harness/commands/complain.hpp"
#include "harness/commands/terminal.hpp"
#include "harness/process/interrupt.hpp"
#include "harness/process/memory_file.hpp"
#include "harness/search/replay.hpp"

namespace revenant::harness {
namespace {

using model::threads::Script;

ExitStatus status_of(RunEnd end) {
    switch (end) {
        case RunEnd::left_script: return exit_bad_schedule;
        case RunEnd::stopped: return exit_undecided;
        case RunEnd::troubled: return exit_internal;
        case RunEnd::well:
        case RunEnd::caught: break;
    }
    return exit_as_expected;
}

// Runs one implementation under every sanitizer.
ExitStatus run_all(const Rehearsal& rehearsal, const ThreadsOptions& options, const std::string& title) {
    ExitStatus status = exit_as_expected;
    for (const auto sanitizer : options.sanitizers) {
        ProgressLine progress;
        const auto result = tally_runs(rehearsal, sanitizer, options.runs, options.run, [&](unsigned run) {
            if (run > 0) progress.show(fmt::format("run {} of {}", run + 1, options.runs));
        });
        progress.clear();
        if (const auto* const none = std::get_if<NoRun>(&result)) {
            if (!none->line.empty()) return complain(status_of(none->end), none->line);
            print("interrupted\n");
            return status_of(none->end);
        }
        const auto& tally = std::get<Tally>(result);
        if (options.with_reports && !tally.report.empty()) print(fmt::format("{}\n", tally.report));
        const Fits fits = expected_report(rehearsal.outcome, sanitizer);
        const bool right = std::all_of(tally.ends.begin(), tally.ends.end(), [&](const auto& end) {
            return fits == nullptr ? end.first.empty() : fits(end.first);
        });
        std::string remark;
        if (!right) remark = "  NOT AS EXPECTED";
        const auto& finding = rehearsal.outcome.finding;
        const bool ended_well = tally.ends.contains("") && tally.ends.size() == 1;
        if (right && ended_well && finding &&
            (fits == nullptr || finding->kind == model::FindingKind::invariant)) {
            remark = fmt::format(" (it sees no {})", to_text(finding->kind));
        }
        print(fmt::format("{:<38} {:<12} {}{}\n", title, to_text(sanitizer),
                          to_text(tally, rehearsal.script.steps.size()), remark));
        if (!right) status = exit_not_as_expected;
    }
    return status;
}

// Starts gdb on the program; it stops by itself before the step.
ExitStatus run_gdb(const Script& script, Sanitizer sanitizer, const ThreadsOptions& options) {
    const auto program = threads_program(sanitizer);
    if (!program) return complain(exit_usage, program.error());
    const MemoryFile file(model::threads::to_text(script));
    const auto until = std::to_string(options.run.until);
    const auto path = file.path();
    ::setenv("ASAN_OPTIONS", "detect_leaks=0", 0);  // the leak detector cannot run under a debugger
    const pid_t child = ::fork();
    if (child < 0) return complain(exit_internal, "cannot fork");
    if (child == 0) {
        ::execlp("gdb", "gdb", "-q", "-ex", "run", "-ex", "bt", "--args", program->c_str(), "replay",
                 path.c_str(), "1000000", until.c_str(), "trap", nullptr);
        ::_exit(127);
    }
    std::signal(SIGINT, SIG_IGN);  // gdb's own
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        return complain(exit_usage, "--gdb: gdb is not installed (Debian: apt-get install gdb)");
    }
    return exit_as_expected;
}

// Stops before a step; somebody attaches a debugger, and lets it go on.
ExitStatus run_until(const Rehearsal& rehearsal, const ThreadsOptions& options) {
    const auto sanitizer = options.sanitizers.front();
    const auto& step = rehearsal.outcome.trace.steps[options.run.until - 1];
    print(fmt::format("{} under {} stops before step {}: {}\n", rehearsal.script.implementation,
                      to_text(sanitizer), options.run.until, rehearsal.outcome.trace.in_words(step)));
    if (options.gdb) return run_gdb(rehearsal.script, sanitizer, options);
    const auto run = run_on_threads(rehearsal.script, rehearsal.outcome.trace, sanitizer, options.run);
    if (!run) return complain(exit_usage, run.error());
    switch (run->end) {
        case RunEnd::stopped: return status_of(run->end);
        case RunEnd::left_script:
        case RunEnd::troubled: return complain(status_of(run->end), run->what);
        case RunEnd::well: print("it ended well\n"); break;
        case RunEnd::caught: print(fmt::format("{}it ended: {}\n", run->report, run->what)); break;
    }
    return exit_as_expected;
}

ExitStatus run_with_fix(const reports::Row& row, const Rehearsal& rehearsal, const ThreadsOptions& options) {
    print(fmt::format("{}, {} threads, on real threads\n", row.scenario, row.threads));
    const auto status = run_all(rehearsal, options, row.implementation);
    const auto* const entry = scenarios::find_entry(row.scenario, row.implementation);
    const auto* const fix = scenarios::fix_of(*entry);
    const bool ran = status == exit_as_expected || status == exit_not_as_expected;
    if (fix == nullptr || !options.with_fix || !ran) return status;
    const auto of_fix = rehearsal_of(replay_on_fix(*fix, row.outcome.schedule));
    if (!of_fix) return complain(exit_bad_schedule, of_fix.error());
    const auto title = std::string(fix->implementation) + " (the fix)";
    if (of_fix->outcome.finding) {
        print(fmt::format("{:<38} fails in the model: {}\n", title, of_fix->outcome.finding->sentence));
        return exit_not_as_expected;
    }
    const auto status_of_fix = run_all(*of_fix, options, title);
    return status_of_fix == exit_as_expected ? status : status_of_fix;
}

}  // namespace

ExitStatus replay_on_threads(const reports::Row& row, ThreadsOptions options) {
    if (scenarios::find_entry(row.scenario, row.implementation)->fenced) {
        std::erase(options.sanitizers, Sanitizer::thread);
        if (options.sanitizers.empty())
            return complain(exit_usage,
                            "ThreadSanitizer sees no fences; --sanitizer address or none runs it");
    }
    for (const auto sanitizer : options.sanitizers) {
        if (const auto program = threads_program(sanitizer); !program)
            return complain(exit_usage, program.error());
    }
    const auto rehearsal = rehearsal_of(row);
    if (!rehearsal) return complain(exit_bad_schedule, rehearsal.error());
    const auto& finding = row.outcome.finding;
    const auto steps = rehearsal->script.steps.size();
    auto settings = options;
    settings.run.stop = watch_for_interrupt();
    if (settings.gdb && settings.run.until == 0) {
        settings.run.until =
            finding ? static_cast<unsigned>(finding->step) + 1 : static_cast<unsigned>(steps);
    }
    if (settings.run.until > steps) {
        return complain(exit_usage,
                        fmt::format("--until: step {}; the schedule has {}", settings.run.until, steps));
    }
    const auto status =
        settings.run.until > 0 ? run_until(*rehearsal, settings) : run_with_fix(row, *rehearsal, settings);
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return status;
}

ExitStatus run_replay_on_threads(const std::string& schedule_or_path, const ThreadsOptions& options) {
    const auto row = replay_schedule_or_case(schedule_or_path);
    if (!row) return complain(exit_bad_schedule, row.error());
    return replay_on_threads(*row, options);
}

}  // namespace revenant::harness
