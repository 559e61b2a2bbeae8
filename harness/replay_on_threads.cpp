#include "harness/replay_on_threads.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "harness/complain.hpp"
#include "harness/interrupt.hpp"
#include "harness/replay_command.hpp"
#include "model/relacy/engine.hpp"
#include "model/search/guided.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;
using model::replay::Happened;
using model::replay::Script;

/// Somebody's execution in the model, and the script made of it.
struct Rehearsal {
    Script script;
    model::Outcome outcome;
};

std::string words(const model::Trace& trace, const model::Step& step) {
    return model::thread_name(step.thread) + " " + trace.describe(step);
}

// Where the run left the script, and how; empty if it did not.
std::string departure(const Happened& happened, const model::Trace& expected, double timeout_seconds) {
    const auto& end = happened.end;
    if (end.empty() || end == "well") return {};
    const auto steps = expected.steps.size();
    if (end == "deadlock" && happened.recorded_steps == steps) return {};
    if (end == "timeout" && !happened.trace.steps.empty()) {
        return fmt::format("step {}: {} was let go on and has not come to its next step within {:g} s",
                           happened.trace.steps.size(), words(happened.trace, happened.trace.steps.back()),
                           timeout_seconds);
    }
    if (end == "endless") return "the threads take steps without end behind the schedule";
    const bool other_value = end == "other";
    const auto at = other_value ? happened.recorded_steps - 1 : happened.recorded_steps;
    std::string got = "the end of the program";
    if (other_value) {
        got = words(happened.trace, happened.trace.steps.back());
    } else if (happened.instead) {
        got = words(happened.trace, *happened.instead);
        if (happened.waits) got += ", which it cannot take: the mutex is held";
    } else if (at < steps && expected.steps[at].thread >= 0) {
        got = model::thread_name(expected.steps[at].thread) + " has no more steps";
    }
    if (at >= steps) return fmt::format("the run ended badly behind the schedule: {}", end);
    return fmt::format("diverged at step {}: expected {}, got {}", at + 1,
                       words(expected, expected.steps[at]), got);
}

// Whether the sanitizer's build is expected to say something of a finding, once the threads have gone on.
bool shows(FindingKind kind, bool at_quiescence, Sanitizer sanitizer) {
    switch (kind) {
        case FindingKind::assertion:
        case FindingKind::counter_overflow:
        case FindingKind::counter_underflow:
        case FindingKind::deadlock: return true;
        case FindingKind::resurrection:
        case FindingKind::use_after_free:
        case FindingKind::double_free:
        case FindingKind::double_destroy: return sanitizer != Sanitizer::none;
        case FindingKind::leak: return sanitizer == Sanitizer::address;
        case FindingKind::data_race: return sanitizer == Sanitizer::thread;
        case FindingKind::invariant: return at_quiescence;  // the others are known to the model alone
        case FindingKind::livelock:
        case FindingKind::uninitialised_read: return false;
    }
    return false;
}

model::Result<Rehearsal> rehearsal_of(const reports::Row& row) {
    auto steps = model::replay::script_steps(row.outcome.trace);
    if (!steps) return model::BadInput{steps.error()};
    return Rehearsal{{row.scenario, row.implementation, row.threads, *steps}, row.outcome};
}

// The fix, in the model, along the broken one's schedule.
model::Result<Rehearsal> rehearsal_of_fix(const scenarios::Entry& fix, const model::Schedule& schedule) {
    model::search::Guided strategy(schedule);
    model::relacy::ExploreOptions options;
    options.overrides = fix.overrides;
    const auto program = fix.make(schedule.threads);
    reports::Row row;
    row.scenario = fix.scenario;
    row.implementation = fix.implementation;
    row.threads = schedule.threads;
    row.outcome = model::relacy::explore(*program, schedule.threads, strategy, options);
    // explore() hands out the trace of a failed execution only; this one is to be followed.
    row.outcome.trace = model::relacy::last_trace();
    return rehearsal_of(row);
}

/// How the runs of one implementation under one sanitizer went.
struct Tally {
    unsigned runs = 0;
    unsigned reported = 0;
    std::string what;        ///< of the first that reported
    std::string report;      ///< … in the sanitizer's own words
    std::size_t behind = 0;  ///< steps of the first run behind the script's end
    std::size_t followed = 0;
};

void print_line(const std::string& implementation, Sanitizer sanitizer, std::size_t steps, const Tally& tally,
                const std::string& remark) {
    const bool all = tally.followed == steps;
    const auto path =
        all ? fmt::format("all {} steps", steps) : fmt::format("{} of {} steps", tally.followed, steps);
    const auto end = tally.reported == 0
                         ? fmt::format("ended well, {} of {}", tally.runs, tally.runs)
                         : fmt::format("{}, {} of {}", tally.what, tally.reported, tally.runs);
    fmt::print("{:<38} {:<12} {:<14} {}{}\n", implementation, to_text(sanitizer), path, end, remark);
    std::fflush(stdout);
}

// Errors: a run left its script, or the program is not there.
model::Result<Tally> tally_runs(const Rehearsal& rehearsal, Sanitizer sanitizer,
                                const ThreadsOptions& options) {
    Tally tally;
    ProgressLine progress;
    for (; tally.runs < options.runs; ++tally.runs) {
        if (tally.runs > 0) progress.show(fmt::format("run {} of {}", tally.runs + 1, options.runs));
        const auto run = run_on_threads(rehearsal.script, rehearsal.outcome.trace, sanitizer, options);
        if (!run) return model::BadInput{run.error()};
        if (run->finished.stopped) break;
        if (!run->left_script.empty()) {
            return model::BadInput{fmt::format("{} under {}: {}", rehearsal.script.implementation,
                                               to_text(sanitizer), run->left_script)};
        }
        if (tally.runs == 0) {
            tally.followed = run->happened.recorded_steps;
            tally.behind = run->happened.trace.steps.size() - tally.followed;
        }
        if (run->judgement.clean) continue;
        if (tally.reported++ == 0) {
            tally.what = run->judgement.what;
            tally.report = run->finished.err;
        }
    }
    return tally;
}

bool is_stopped(const ThreadsOptions& options) { return options.stop != nullptr && *options.stop != 0; }

// Runs one implementation under every sanitizer. `shown`: whether a report is expected of this one.
template <class Shown>
ExitStatus run_all(const Rehearsal& rehearsal, const ThreadsOptions& options, const std::string& title,
                   Shown shown) {
    ExitStatus status = exit_as_expected;
    for (const auto sanitizer : options.sanitizers) {
        const auto tally = tally_runs(rehearsal, sanitizer, options);
        if (!tally) return complain(exit_bad_schedule, tally.error());
        if (is_stopped(options)) {
            fmt::print("interrupted\n");
            return exit_undecided;
        }
        if (options.with_reports && !tally->report.empty()) fmt::print("{}\n", tally->report);
        const bool expected = shown(sanitizer);
        const bool right = tally->reported == (expected ? tally->runs : 0);
        std::string remark;
        if (!right) remark = "  NOT AS EXPECTED";
        if (right && !expected && rehearsal.outcome.finding) {
            remark = fmt::format(" (it sees no {})", to_text(rehearsal.outcome.finding->kind));
        }
        print_line(title, sanitizer, rehearsal.script.steps.size(), *tally, remark);
        if (!right) status = exit_not_as_expected;
    }
    return status;
}

// Starts gdb on the program; it stops by itself before the step.
ExitStatus run_gdb(const Script& script, Sanitizer sanitizer, const ThreadsOptions& options) {
    const auto program = threads_program(sanitizer);
    if (!program) return complain(exit_usage, program.error());
    const MemoryFile file(model::replay::to_text(script));
    const auto until = std::to_string(options.until);
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
    const auto& step = rehearsal.outcome.trace.steps[options.until - 1];
    fmt::print("{} under {} stops before step {}: {}\n", rehearsal.script.implementation, to_text(sanitizer),
               options.until, words(rehearsal.outcome.trace, step));
    std::fflush(stdout);
    if (options.gdb) return run_gdb(rehearsal.script, sanitizer, options);
    const auto run = run_on_threads(rehearsal.script, rehearsal.outcome.trace, sanitizer, options);
    if (!run) return complain(exit_usage, run.error());
    if (run->finished.stopped) return exit_undecided;
    if (!run->left_script.empty()) return complain(exit_bad_schedule, run->left_script);
    fmt::print("{}it ended: {}\n", run->finished.err, run->judgement.clean ? "well" : run->judgement.what);
    return exit_as_expected;
}

std::string with_option(const char* variable, const char* option) {
    const char* const own = std::getenv(variable);
    return own == nullptr ? option : std::string(own) + ":" + option;
}

}  // namespace

model::Result<ThreadRun> run_on_threads(const Script& script, const model::Trace& trace, Sanitizer sanitizer,
                                        const ThreadsOptions& options) {
    const auto program = threads_program(sanitizer);
    if (!program) return model::BadInput{program.error()};
    const MemoryFile file(model::replay::to_text(script));
    ChildOptions child{.fixed_addresses = true};
    if (options.until > 0)
        child.environment = {{"ASAN_OPTIONS", with_option("ASAN_OPTIONS", "detect_leaks=0")}};
    const auto timeout_ms = static_cast<unsigned>(options.step_timeout_seconds * 1000);
    ChildProcess process(
        *program, {"replay", file.path(), std::to_string(timeout_ms), std::to_string(options.until), "stop"},
        child);
    ThreadRun run;
    std::string line;
    const auto take = [&](std::string_view text) {
        for (const char c : text) {
            if (c != '\n') {
                line += c;
                continue;
            }
            run.happened.take(line);
            line.clear();
            if (run.happened.stopped == 0) continue;
            fmt::print(
                "process {0} waits: `gdb -p {0}` looks into it, `kill -CONT {0}` lets it go on, Ctrl-C ends "
                "it\n",
                run.happened.stopped);
            std::fflush(stdout);
            run.happened.stopped = 0;
        }
    };
    // The gate's own timeout comes first; this one is for a program that does not even come to its gate.
    constexpr double a_year = 365.0 * 24 * 3600;
    const double deadline = options.until > 0 ? a_year : 150 + 10 * options.step_timeout_seconds;
    run.finished = process.finish(deadline, options.stop, take);
    run.judgement = judged(run.finished);
    run.left_script = departure(run.happened, trace, options.step_timeout_seconds);
    if (run.finished.late) run.left_script = "the program does not come to its end";
    if (run.happened.end == "deadlock") run.judgement = {.what = "deadlock"};
    return run;
}

ExitStatus run_replay_on_threads(const std::string& schedule_text, const ThreadsOptions& options) {
    const auto row = replay(schedule_text);
    if (!row) return complain(exit_bad_schedule, row.error());
    for (const auto sanitizer : options.sanitizers) {
        if (const auto program = threads_program(sanitizer); !program)
            return complain(exit_usage, program.error());
    }
    auto own = *row;
    if (!own.outcome.finding) own.outcome.trace = model::relacy::last_trace();
    const auto rehearsal = rehearsal_of(own);
    if (!rehearsal) return complain(exit_bad_schedule, rehearsal.error());
    const auto& finding = own.outcome.finding;
    const auto steps = rehearsal->script.steps.size();
    auto settings = options;
    settings.stop = watch_for_interrupt();
    if (settings.gdb && settings.until == 0) {
        settings.until = finding ? static_cast<unsigned>(finding->step) + 1 : static_cast<unsigned>(steps);
    }
    if (settings.until > steps) {
        return complain(exit_usage,
                        fmt::format("--until: step {}; the schedule has {}", settings.until, steps));
    }
    if (settings.until > 0) return run_until(*rehearsal, settings);

    fmt::print("{}, {} threads, on real threads\n", own.scenario, own.threads);
    std::fflush(stdout);
    const bool at_quiescence =
        finding &&
        own.outcome.trace.steps[static_cast<std::size_t>(finding->step)].thread == model::teardown_thread;
    ExitStatus status = run_all(*rehearsal, settings, own.implementation, [&](Sanitizer sanitizer) {
        return finding && shows(finding->kind, at_quiescence, sanitizer);
    });
    const auto* const entry = scenarios::find_entry(own.scenario, own.implementation);
    const auto* const fix = scenarios::fix_of(*entry);
    if (fix == nullptr || !options.with_fix || status == exit_bad_schedule || is_stopped(settings))
        return status;
    const auto twin = rehearsal_of_fix(*fix, own.outcome.schedule);
    if (!twin) return complain(exit_bad_schedule, twin.error());
    const auto title = std::string(fix->implementation) + " (the fix)";
    if (twin->outcome.finding) {
        fmt::print("{:<38} fails in the model: {}\n", title, twin->outcome.finding->sentence);
        return exit_not_as_expected;
    }
    const auto of_fix = run_all(*twin, settings, title, [](Sanitizer) { return false; });
    return of_fix == exit_as_expected ? status : of_fix;
}

}  // namespace revenant::harness
