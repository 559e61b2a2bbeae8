#include "model/native/engine.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "model/diagnosis.hpp"
#include "model/native/faults.hpp"
#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/points.hpp"
#include "model/native/recorder.hpp"
#include "model/revival.hpp"
#include "model/search/replay.hpp"
#include "model/stopwatch.hpp"

namespace revenant::model::native {
namespace {

constexpr std::uint64_t executions_per_look = 64;
constexpr std::uint64_t choices_per_look = 20'000;

/// What the program prints, in each of its executions, is nobody's to read.
class Silence {
public:
    Silence() : before_(::dup(STDOUT_FILENO)) {
        std::fflush(stdout);
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDOUT_FILENO);
        ::close(nowhere);
    }
    ~Silence() {
        std::fflush(stdout);
        ::dup2(before_, STDOUT_FILENO);
        ::close(before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    int before_;
};

void* run_body(void* body) {
    const auto& [call, argument] = *static_cast<const Body*>(body);
    machine().main_returned(call(argument));
    return nullptr;
}

/// A search under way: its budgets, and how it ended.
class Search {
public:
    Search(Body body, search::Strategy& strategy, const relacy::ExploreOptions& options)
        : body_(body), strategy_(strategy), options_(options) {
        run_options_.unordered_destroys_fail = options.unordered_destroys_fail;
        run_options_.newest_only = options.newest_only;
    }

    /// Whether an execution has failed.
    bool run() {
        while (true) {
            const auto end = run_once(strategy_);
            if (end == End::failed) return true;
            if (end == End::too_long) return stop(Ending::execution_budget);
            if (end == End::not_modelled) {
                give_up(usage_error,
                        ("the program uses what is not understood: " + machine().failure().text).c_str());
            }
            if (over()) return false;
        }
    }
    /// The execution once more, written down; `watched`: the bytes whose plain accesses are steps.
    End record(Recorder& recorder, std::uintptr_t watched, std::size_t size) {
        Schedule schedule;
        schedule.visible_points = true;
        schedule.choices = machine().choices();
        search::Replay replay(schedule);
        recorder.watch(watched, size);
        machine().recorder = &recorder;
        const auto end = run_once(replay);
        machine().recorder = nullptr;
        return end;
    }

    std::uint64_t executions = 0;
    Ending ending = Ending::exhausted;
    Stopwatch since_start;

private:
    static constexpr int usage_error = 2;

    End run_once(search::Strategy& strategy) {
        program_segments().put_back();
        errno = 0;
        return machine().run(run_body, &body_, strategy, run_options_);
    }

    bool over() {
        ++executions;
        const bool more = strategy_.advance();
        if (strategy_.diverged_at() >= 0) return !stop(Ending::diverged);
        if (!more) return !stop(Ending::exhausted);
        if (executions >= options_.budget_executions) return !stop(Ending::execution_budget);
        if (executions == next_milestone_) {
            next_milestone_ += next_milestone_ / 2;
            if (options_.on_milestone) options_.on_milestone({executions, since_start.seconds(), -1});
        }
        choices_since_look_ += machine().choices().size();
        if (executions % executions_per_look != 0 && choices_since_look_ < choices_per_look) return false;
        choices_since_look_ = 0;
        if (options_.stop.stop_requested()) return !stop(Ending::interrupted);
        const double seconds = since_start.seconds();
        if (seconds >= options_.budget_seconds) return !stop(Ending::time_budget);
        if (options_.on_progress && seconds >= next_progress_) {
            next_progress_ = seconds + 0.1;
            options_.on_progress({executions, seconds, -1});
        }
        return false;
    }
    bool stop(Ending why) {
        ending = why;
        return false;
    }

    Body body_;
    search::Strategy& strategy_;
    const relacy::ExploreOptions& options_;
    RunOptions run_options_;
    std::uint64_t next_milestone_ = 64;
    double next_progress_ = 0.1;
    std::uint64_t choices_since_look_ = 0;
};

bool is_plain(const Operation& op) {
    return op.kind == OperationKind::read || op.kind == OperationKind::write;
}

// The instructions of a race: that of the step which failed (the call that gave memory back, if it was that),
// and that of the last plain access of another thread that it can be in a race with.
std::vector<std::uint64_t> plain_accesses(const Recorder& recorder, const Trace& trace, int failed) {
    std::vector<std::uint64_t> found;
    const auto& last = trace.steps[static_cast<std::size_t>(failed)];
    const bool frees = last.operation.kind == OperationKind::free;
    if (is_plain(last.operation) || frees) found.push_back(offset_of(recorder.place_of(failed)));
    const bool only_reads = last.operation.kind == OperationKind::read;
    for (int i = failed - 1; i >= 0; --i) {
        const auto& step = trace.steps[static_cast<std::size_t>(i)];
        const auto& op = step.operation;
        const auto target = frees ? trace.block_of(op) : op.target;
        if (step.thread == last.thread || !is_plain(op) || target != last.operation.target) continue;
        if (only_reads && op.kind == OperationKind::read) continue;
        found.push_back(offset_of(recorder.place_of(i)));
        break;
    }
    return found;
}

Finding finding_of(Recorder& recorder, const Failure& found, Trace trace) {
    Failure noted = found;
    model::Failure failure;
    failure.kind = noted.kind;
    failure.text = noted.text.c_str();
    failure.waiting = recorder.waiting();
    if (noted.kind == FindingKind::leak) {
        // The diagnosis names the first block that is not freed; one that is still reachable is no leak.
        for (std::size_t i = 0; i < trace.blocks.size(); ++i) {
            if (static_cast<std::int32_t>(i) != noted.block) trace.blocks[i].freed_step = 0;
        }
    }
    auto finding = diagnose(trace, failure);
    if (finding.step >= 0) finding.sentence += revival_before(trace, finding);
    if (noted.kind != FindingKind::data_race) return finding;
    finding.plain_accesses = plain_accesses(recorder, trace, finding.step);
    return finding;
}

}  // namespace

Segments& program_segments() {
    static Segments& instance = *new Segments;
    return instance;
}

Outcome explore(Body body, unsigned threads, search::Strategy& strategy,
                const relacy::ExploreOptions& options) {
    const Silence silence;
    const CatchFaults faults;
    points().set(options.plain_points);
    Search search(body, strategy, options);
    const bool failed = search.run();
    Outcome outcome;
    outcome.seconds = search.since_start.seconds();
    outcome.executions_complete = search.executions + (failed ? 1 : 0);
    outcome.ending = failed ? Ending::finding : search.ending;
    outcome.schedule.threads = std::max(threads, machine().threads_made());
    outcome.schedule.visible_points = true;
    outcome.schedule.plain_points = options.plain_points;
    outcome.schedule.unordered_destroys_pass = !options.unordered_destroys_fail;
    const auto failure = machine().failure();
    const auto choices = machine().choices();
    Recorder recorder;
    const auto again = search.record(recorder, failure.address, failure.size);
    outcome.trace = recorder.finish();
    outcome.steps_before_choices = recorder.steps_before_choices();
    if (failed) {
        outcome.verdict = Verdict::broken;
        outcome.schedule.choices = choices;
        outcome.finding = finding_of(recorder, failure, outcome.trace);
        if (again != End::failed || machine().failure().kind != failure.kind) {
            outcome.ending = Ending::diverged;
            outcome.difference = "the failing execution did not fail when it was repeated";
        }
    } else if (search.ending == Ending::exhausted && strategy.is_exhaustive()) {
        outcome.exhaustive = !options.newest_only;
        outcome.exhaustive_of_newest = options.newest_only;
        if (outcome.exhaustive) outcome.verdict = Verdict::correct;
    }
    outcome.executions_blocked = strategy.blocked();
    outcome.executions_complete -= outcome.executions_blocked;
    outcome.diverged_at = strategy.diverged_at();
    return outcome;
}

unsigned count_threads(Body body) {
    search::Replay any{Schedule{}};
    const relacy::ExploreOptions options;
    const Silence silence;
    const CatchFaults faults;
    Search search(body, any, options);
    static_cast<void>(search.run());
    return machine().threads_made();
}

}  // namespace revenant::model::native
