#include "harness/threads/thread_run.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "harness/process/memory_file.hpp"
#include "harness/process/sanitizer_options.hpp"

namespace revenant::harness {
namespace {

using model::threads::Happened;

constexpr double a_year_seconds = 365.0 * 24 * 3600;

// Where the run left the script, and how; empty if it did not.
std::string departure(const Happened& happened, const model::Trace& expected, double timeout_seconds) {
    const auto& end = happened.end;
    const auto& taken = happened.trace.steps;
    const auto steps = expected.steps.size();
    if (end.empty() || end == "well" || (end == "deadlock" && happened.recorded_steps == steps)) return {};
    if (end == "timeout") {
        if (taken.empty())
            return fmt::format("no thread came to its first step within {:g} s", timeout_seconds);
        return fmt::format("step {}: {} was let go on and has not come to its next step within {:g} s",
                           taken.size(), happened.trace.in_words(taken.back()), timeout_seconds);
    }
    if (end == "endless") return "the threads take steps without end behind the schedule";
    const bool other_value = end == "other" && happened.recorded_steps > 0;
    const auto at = other_value ? happened.recorded_steps - 1 : happened.recorded_steps;
    if (at >= steps) return fmt::format("the run ended behind the schedule: {}", end);
    std::string got = "the end of the program";
    if (other_value) {
        got = happened.trace.in_words(taken.back());
    } else if (happened.instead) {
        got = happened.trace.in_words(*happened.instead);
        if (happened.waits) got += ", which it cannot take: the mutex is held";
    } else if (expected.steps[at].thread >= 0) {
        got = model::thread_name(expected.steps[at].thread) + " has no more steps";
    }
    return fmt::format("diverged at step {}: expected {}, got {}", at + 1,
                       expected.in_words(expected.steps[at]), got);
}

void judge(ThreadRun& run, const Finished& finished, const model::Trace& expected, double timeout_seconds) {
    run.report = finished.err;
    const auto judgement = judged(finished);
    const auto steps = expected.steps.size();
    const auto end_with = [&](RunEnd end, std::string what) {
        run.end = end;
        run.what = std::move(what);
    };
    if (finished.stopped) return end_with(RunEnd::stopped, {});
    if (finished.late) return end_with(RunEnd::left_script, "the program does not come to its end");
    if (auto how = departure(run.happened, expected, timeout_seconds); !how.empty()) {
        return end_with(RunEnd::left_script, std::move(how));
    }
    if (run.happened.end == "deadlock") return end_with(RunEnd::caught, "deadlock");
    const bool started = run.happened.recorded_steps > 0;  // a crash before that is the program's own
    if (judgement.blame == Blame::code && started) return end_with(RunEnd::caught, judgement.what);
    if (judgement.blame == Blame::nobody && run.happened.end == "well" &&
        run.happened.recorded_steps == steps) {
        return end_with(RunEnd::well, {});
    }
    end_with(
        RunEnd::troubled,
        fmt::format("the program ended after {} of {} steps, and not for a reason of the code's: {}",
                    run.happened.recorded_steps, steps, judgement.what.empty() ? "exit 0" : judgement.what));
}

}  // namespace

model::Result<ThreadRun> run_on_threads(const model::threads::Script& script, const model::Trace& trace,
                                        Sanitizer sanitizer, const ThreadRunOptions& options) {
    const auto program = threads_program(sanitizer);
    if (!program) return model::BadInput{program.error()};
    if (auto why = small_stack()) return ThreadRun{RunEnd::troubled, *std::move(why), {}, {}};
    const MemoryFile file(model::threads::to_text(script));
    ChildOptions child{.fixed_addresses = true};
    // The leak detector cannot run under a debugger.
    child.environment = sanitizer_options(options.until > 0 ? "detect_leaks=0" : "");
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
    const double deadline = options.until > 0 ? a_year_seconds : 150 + 10 * options.step_timeout_seconds;
    const auto finished = process.finish(deadline, options.stop, take);
    judge(run, finished, trace, options.step_timeout_seconds);
    return run;
}

}  // namespace revenant::harness
