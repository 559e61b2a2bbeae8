#include "harness/replay_on_threads.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <variant>

#include "harness/cases.hpp"
#include "harness/complain.hpp"
#include "harness/interrupt.hpp"
#include "harness/replay_command.hpp"
#include "model/relacy/engine.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {
namespace {

using model::FindingKind;
using model::threads::Script;

/// Somebody's execution in the model, and the script made of it.
struct Rehearsal {
    Script script;
    model::Outcome outcome;
};

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
    auto steps = model::threads::script_steps(row.outcome.trace);
    if (!steps) return model::BadInput{steps.error()};
    return Rehearsal{{row.scenario, row.implementation, row.threads, *steps}, row.outcome};
}

/// Whether an end is what is expected of a run: empty is that it ended well. Null: nothing else is.
using Fits = bool (*)(std::string_view what);
bool is_of_memory(std::string_view what) {
    constexpr std::string_view known[] = {"heap-use-after-free", "attempting double-free", "data race"};
    return std::find(std::begin(known), std::end(known), what) != std::end(known);
}
Fits expected_report(const std::optional<model::Finding>& finding, bool at_quiescence, bool revivals_pass,
                     Sanitizer sanitizer) {
    if (!finding) return nullptr;
    // Behind a revived count memory is misused sooner or later; a race is merely the first sign of it.
    if (revivals_pass && finding->kind == FindingKind::data_race) {
        return [](std::string_view what) { return what.empty() || is_of_memory(what); };
    }
    if (sanitizer == Sanitizer::none && shows(finding->kind, at_quiescence, Sanitizer::address)) {
        return [](std::string_view) { return true; };  // without a sanitizer memory errors do what they like
    }
    if (!shows(finding->kind, at_quiescence, sanitizer)) return nullptr;
    switch (finding->kind) {
        case FindingKind::leak: return [](std::string_view what) { return what == "memory leak"; };
        case FindingKind::deadlock: return [](std::string_view what) { return what == "deadlock"; };
        case FindingKind::assertion:
        case FindingKind::counter_overflow:
        case FindingKind::counter_underflow:
        case FindingKind::invariant: return [](std::string_view what) { return what.ends_with(" failed"); };
        default: break;
    }
    return is_of_memory;
}

/// How the runs of one implementation under one sanitizer went.
struct Tally {
    unsigned runs = 0;
    std::map<std::string, unsigned> ends;  ///< what was caught, or empty → how often
    std::string report;                    ///< of the first that was, in the sanitizer's own words
    std::size_t least_followed = std::numeric_limits<std::size_t>::max();  ///< steps of the script
    std::size_t most_followed = 0;
};

std::string to_text(const Tally& tally, std::size_t steps) {
    auto path = fmt::format("{}", tally.least_followed);
    if (tally.most_followed != tally.least_followed) path += fmt::format(" to {}", tally.most_followed);
    path = tally.least_followed == steps ? fmt::format("all {} steps", steps)
                                         : fmt::format("{} of {} steps", path, steps);
    std::string ends;
    for (const auto& [what, count] : tally.ends) {
        if (!ends.empty()) ends += "; ";
        ends += fmt::format("{}, {} of {}", what.empty() ? "ended well" : what, count, tally.runs);
    }
    return fmt::format("{:<14} {}", path, ends);
}

/// A run that says nothing of the code, and the status that the command ends with.
struct NoRun {
    ExitStatus status;
    std::string line;
};

std::variant<Tally, NoRun> tally_runs(const Rehearsal& rehearsal, Sanitizer sanitizer,
                                      const ThreadsOptions& options) {
    Tally tally;
    ProgressLine progress;
    for (unsigned i = 0; i < options.runs; ++i) {
        if (i > 0) progress.show(fmt::format("run {} of {}", i + 1, options.runs));
        const auto run = run_on_threads(rehearsal.script, rehearsal.outcome.trace, sanitizer, options.run);
        if (!run) return NoRun{exit_usage, run.error()};
        const auto line =
            fmt::format("{} under {}: {}", rehearsal.script.implementation, to_text(sanitizer), run->what);
        switch (run->end) {
            case RunEnd::left_script: return NoRun{exit_bad_schedule, line};
            case RunEnd::troubled: return NoRun{exit_internal, line};
            case RunEnd::stopped: return NoRun{exit_undecided, {}};
            case RunEnd::caught:
            case RunEnd::well: break;
        }
        ++tally.runs;
        ++tally.ends[run->what];
        if (run->end == RunEnd::caught && tally.report.empty()) tally.report = run->report;
        tally.least_followed = std::min(tally.least_followed, run->happened.recorded_steps);
        tally.most_followed = std::max(tally.most_followed, run->happened.recorded_steps);
    }
    return tally;
}

// Runs one implementation under every sanitizer.
template <class Expected>
ExitStatus run_all(const Rehearsal& rehearsal, const ThreadsOptions& options, const std::string& title,
                   Expected expected) {
    ExitStatus status = exit_as_expected;
    for (const auto sanitizer : options.sanitizers) {
        const auto result = tally_runs(rehearsal, sanitizer, options);
        if (const auto* const none = std::get_if<NoRun>(&result)) {
            if (!none->line.empty()) return complain(none->status, none->line);
            fmt::print("interrupted\n");
            return none->status;
        }
        const auto& tally = std::get<Tally>(result);
        if (options.with_reports && !tally.report.empty()) fmt::print("{}\n", tally.report);
        const Fits fits = expected(sanitizer);
        const bool right = std::all_of(tally.ends.begin(), tally.ends.end(), [&](const auto& end) {
            return fits == nullptr ? end.first.empty() : fits(end.first);
        });
        std::string remark;
        if (!right) remark = "  NOT AS EXPECTED";
        if (right && fits == nullptr && rehearsal.outcome.finding) {
            remark = fmt::format(" (it sees no {})", to_text(rehearsal.outcome.finding->kind));
        }
        fmt::print("{:<38} {:<12} {}{}\n", title, to_text(sanitizer),
                   to_text(tally, rehearsal.script.steps.size()), remark);
        std::fflush(stdout);
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
    fmt::print("{} under {} stops before step {}: {}\n", rehearsal.script.implementation, to_text(sanitizer),
               options.run.until, in_words(rehearsal.outcome.trace, step));
    std::fflush(stdout);
    if (options.gdb) return run_gdb(rehearsal.script, sanitizer, options);
    const auto run = run_on_threads(rehearsal.script, rehearsal.outcome.trace, sanitizer, options.run);
    if (!run) return complain(exit_usage, run.error());
    switch (run->end) {
        case RunEnd::stopped: return exit_undecided;
        case RunEnd::left_script: return complain(exit_bad_schedule, run->what);
        case RunEnd::troubled: return complain(exit_internal, run->what);
        case RunEnd::well: fmt::print("it ended well\n"); break;
        case RunEnd::caught: fmt::print("{}it ended: {}\n", run->report, run->what); break;
    }
    return exit_as_expected;
}

ExitStatus run_with_fix(const reports::Row& row, const Rehearsal& rehearsal, const ThreadsOptions& options) {
    fmt::print("{}, {} threads, on real threads\n", row.scenario, row.threads);
    std::fflush(stdout);
    const auto& finding = row.outcome.finding;
    const bool at_quiescence =
        finding &&
        row.outcome.trace.steps[static_cast<std::size_t>(finding->step)].thread == model::teardown_thread;
    const auto status = run_all(rehearsal, options, row.implementation, [&](Sanitizer sanitizer) {
        return expected_report(finding, at_quiescence, row.outcome.schedule.revivals_pass, sanitizer);
    });
    const auto* const entry = scenarios::find_entry(row.scenario, row.implementation);
    const auto* const fix = scenarios::fix_of(*entry);
    const bool ran = status == exit_as_expected || status == exit_not_as_expected;
    if (fix == nullptr || !options.with_fix || !ran) return status;
    const auto twin = rehearsal_of(replay_on_fix(*fix, row.outcome.schedule));
    if (!twin) return complain(exit_bad_schedule, twin.error());
    const auto title = std::string(fix->implementation) + " (the fix)";
    if (twin->outcome.finding) {
        fmt::print("{:<38} fails in the model: {}\n", title, twin->outcome.finding->sentence);
        return exit_not_as_expected;
    }
    const auto of_fix = run_all(*twin, options, title, [](Sanitizer) -> Fits { return nullptr; });
    return of_fix == exit_as_expected ? status : of_fix;
}

}  // namespace

ExitStatus run_replay_on_threads(const std::string& schedule_or_path, const ThreadsOptions& options) {
    auto row = replay_schedule_or_case(schedule_or_path);
    if (!row) return complain(exit_bad_schedule, row.error());
    for (const auto sanitizer : options.sanitizers) {
        if (const auto program = threads_program(sanitizer); !program)
            return complain(exit_usage, program.error());
    }
    if (!row->outcome.finding) row->outcome.trace = model::relacy::last_trace();
    const auto rehearsal = rehearsal_of(*row);
    if (!rehearsal) return complain(exit_bad_schedule, rehearsal.error());
    const auto& finding = row->outcome.finding;
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
        settings.run.until > 0 ? run_until(*rehearsal, settings) : run_with_fix(*row, *rehearsal, settings);
    if (const auto error = flush_stdout()) return complain(exit_usage, *error);
    return status;
}

}  // namespace revenant::harness
