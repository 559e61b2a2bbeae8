#include "model/native/engine.hpp"

#include <fcntl.h>
#include <getopt.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "model/native/calls.hpp"
#include "model/native/diverted.hpp"
#include "model/native/entry_threads.hpp"
#include "model/native/faults.hpp"
#include "model/native/finding.hpp"
#include "model/native/layout.hpp"
#include "model/native/lenders.hpp"
#include "model/native/machine.hpp"
#include "model/native/points.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin.hpp"
#include "model/native/thread_pointer.hpp"
#include "model/native/watchdog.hpp"
#include "model/search/dpor.hpp"
#include "model/search/replay.hpp"
#include "model/stopwatch.hpp"

namespace revenant::model::native {
namespace {

constexpr std::uint64_t executions_per_look = 8;  // some take a second
constexpr std::uint64_t choices_per_look = 20'000;

void* run_body(void* body) {
    const auto& all = *static_cast<const Body*>(body);
    machine().main_returned(all.call(all.argument));
    return nullptr;
}

/// A search under way: its budgets, and how it ended.
class Search {
public:
    Search(const Body& body, search::Strategy& strategy, const relacy::ExploreOptions& options)
        : body_(body), strategy_(strategy), options_(options) {
        run_options_.unordered_destroys_fail = options.unordered_destroys_fail;
        run_options_.newest_only = options.newest_only;
        run_options_.from_the_beginning = options.from_the_beginning;
        run_options_.leaks_pass = options.leaks_pass;
        run_options_.additions_in_order = options.additions_in_order;
        run_options_.mismatched_frees_pass = options.mismatched_frees_pass;
        run_options_.search = this;
        run_options_.is_over = [](const void* search) {
            return static_cast<const Search*>(search)->is_out_of_time();
        };
        machine().begin_search();
    }

    /// Whether an execution has failed.
    bool run() {
        while (true) {
            const auto end = run_once(strategy_);
            if (end == End::failed) return true;
            if (end == End::too_long) return stop_too_long();
            if (end == End::out_of_time) return stop_unfinished();
            if (end == End::not_modelled) return stop(Ending::refused);
            if (over()) return false;
        }
    }
    /// Whether the threads are alike in some executions as they are here.
    bool always_has(const std::vector<unsigned>& classes) {
        constexpr int executions_looked_at = 64;
        for (int i = 0; i < executions_looked_at; ++i) {
            const auto end = run_once(strategy_);
            if (end != End::well) return end == End::failed;
            if (machine().alike.classes() != classes) return false;
            if (!strategy_.advance()) return true;
        }
        return true;
    }
    /// The execution once more, written down; `watched`: the bytes whose plain accesses are steps.
    End record(Recorder& recorder, std::uintptr_t watched, std::size_t size) {
        Schedule schedule;
        schedule.visible_points = true;
        schedule.additions_in_order = options_.additions_in_order || !strategy_.additions_commute();
        schedule.choices = machine().choices();
        search::Replay replay(schedule);
        recorder.watch(watched, size);
        machine().forget_checkpoints();
        machine().recorder = &recorder;
        run_options_.newest_only = false;  // the choices that it has, the schedule has as well
        if (is_unfinished_) {
            seconds_allowed_ = since_start.seconds() + seconds_to_finish;
        } else {
            run_options_.is_over = nullptr;  // it ends where it did before
        }
        const auto end = run_once(replay);
        machine().recorder = nullptr;
        return end;
    }

    /// Why the last execution was broken off, in words; empty: it was not, or nobody waits for it any more.
    [[nodiscard]] const std::string& too_long() const { return too_long_; }
    /// Whether the last execution was broken off. Mostly it would soon have ended; one that would not is not
    /// worth the wait.
    [[nodiscard]] bool is_unfinished() const { return is_unfinished_; }

    std::uint64_t executions = 0;
    Ending ending = Ending::exhausted;
    Stopwatch since_start;

private:
    End run_once(search::Strategy& strategy) {
        auto end = End::not_repeated;
        while (end == End::not_repeated) {
            program_segments().put_back(machine().threads_made());
            optind = 0;  // getopt begins anew
            Watchdog::begin_execution();
            end = machine().run(run_body, &body_, strategy, run_options_);
        }
        return end;
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
            const OwnStderr shown;
            options_.on_progress({executions, seconds, -1});
        }
        return false;
    }
    [[nodiscard]] bool is_out_of_time() const {
        return options_.stop.stop_requested() || since_start.seconds() >= seconds_allowed_;
    }
    bool stop_unfinished() {
        is_unfinished_ = true;
        return stop(options_.stop.stop_requested() ? Ending::interrupted : Ending::time_budget);
    }
    bool stop_too_long() {
        const auto stalled_after = std::to_string(machine().stalled_after());
        too_long_ = "an execution was broken off, as ";
        too_long_ += machine().stalled_after() != 0
                         ? "a thread makes " + stalled_after + " accesses to plain data between two steps"
                         : "it has more than " + std::to_string(steps_max) + " steps";
        return stop(Ending::execution_budget);
    }
    bool stop(Ending why) {
        ending = why;
        return false;
    }

    const CatchFaults faults_;
    const ThreadPointersOnDemand thread_pointers_;
    const Watchdog watchdog_;
    Body body_;
    search::Strategy& strategy_;
    const relacy::ExploreOptions& options_;
    RunOptions run_options_;
    std::uint64_t next_milestone_ = 64;
    double next_progress_ = 0.1;
    std::uint64_t choices_since_look_ = 0;
    static constexpr double seconds_to_finish = 1;  // debug information has to be read as well
    double seconds_allowed_ = options_.budget_seconds;
    bool is_unfinished_ = false;
    std::string too_long_;
};

}  // namespace

Segments& program_segments() {
    static Segments& instance = *new Segments;
    return instance;
}

namespace {

bool stops_for_debugger = false;

// A step that was not taken is the failing one; of an assertion the trace has what came before.
void stop_at(const Outcome& outcome) {
    if (!std::exchange(stops_for_debugger, false)) return;
    const auto& step = outcome.trace.steps[static_cast<std::size_t>(outcome.finding->step)];
    const bool is_before = step.unfinished;
    const auto line = "revenant: " + thread_name(machine().failure().thread) + " stops " +
                      (is_before ? "before" : "after") + " step " +
                      std::to_string(outcome.finding->step + 1) + ": " + outcome.trace.in_words(step) + "\n";
    static_cast<void>(!::write(own_stderr, line.data(), line.size()));
    show_to_debugger(machine());
}

}  // namespace

namespace {

// Whether threads wait for what lies there, as it was used in the last execution.
bool is_waited_for(std::uintptr_t address) {
    for (const auto kind : {ObjectKind::mutex, ObjectKind::condition, ObjectKind::semaphore,
                            ObjectKind::rwlock, ObjectKind::barrier}) {
        if (machine().objects.find(address, kind) != no_id) return true;
    }
    return false;
}

}  // namespace

void stop_for_debugger() { stops_for_debugger = true; }

Outcome explore(const Body& body, unsigned threads, search::Strategy& strategy,
                const relacy::ExploreOptions& options) {
    const Silence silence;
    points().set(options.plain_points);
    spin().bound_rounds(options.rounds_max);
    Search search(body, strategy, options);
    const bool failed = search.run();
    Outcome outcome;
    outcome.seconds = search.since_start.seconds();
    outcome.executions_complete = search.executions + (failed ? 1 : 0);
    outcome.ending = failed ? Ending::finding : search.ending;
    outcome.schedule.threads = std::max(threads, machine().threads_made());
    outcome.schedule.visible_points = true;
    outcome.schedule.additions_in_order = options.additions_in_order || !strategy.additions_commute();
    outcome.lacks_order_of_additions = failed && atomics().lacks_order_of_additions();
    outcome.rounds_were_bounded = spin().has_bounded();
    outcome.schedule.rounds_max = spin().has_bounded() ? options.rounds_max : 0;
    outcome.schedule.plain_points = options.plain_points;
    outcome.schedule.leaks_pass = options.leaks_pass;
    outcome.schedule.mismatched_frees_pass = options.mismatched_frees_pass;
    outcome.schedule.unordered_destroys_pass = !options.unordered_destroys_fail;
    outcome.executions_blocked = strategy.blocked();
    outcome.executions_complete -= outcome.executions_blocked;
    outcome.plain_accesses = machine().plain_accesses();
    outcome.diverged_at = strategy.diverged_at();
    outcome.covered = search.too_long();
    if (!failed && search.ending == Ending::exhausted && strategy.is_exhaustive()) {
        outcome.exhaustive = !options.newest_only && options.rounds_max == 0;
        outcome.exhaustive_of_newest = options.newest_only;
        outcome.exhaustive_of_rounds = options.rounds_max;
        if (outcome.exhaustive) outcome.verdict = Verdict::correct;
        return outcome;  // nobody asks what the last of all executions was like
    }
    if (search.is_unfinished() && options.stop.stop_requested()) return outcome;
    if (search.ending == Ending::refused) {
        const auto& refused = machine().failure();
        outcome.covered = "the program uses what is not understood: " + refused.text + " (" +
                          in_words(refused.thread, refused.calls) + ")";
        return outcome;
    }
    auto failure = machine().failure();
    Recorder recorder;
    recorder.names = failed || options.names;
    if (failure.kind == FindingKind::invariant && is_waited_for(failure.address)) recorder.leave_reads_out();
    const Diverted kept(STDOUT_FILENO, file_in_memory());
    const Diverted kept_errors(STDERR_FILENO, file_in_memory());
    const auto again = search.record(recorder, failure.address, failure.size);
    if (again == End::out_of_time) return outcome;
    if (failed && body.said != nullptr && failure.kind == FindingKind::assertion) {
        if (auto said = body.said(Diverted::text()); !said.empty()) failure.text = std::move(said);
    }
    int last_of_case = -1;
    if (failed) {
        recorder.name_by_type();
        last_of_case = recorder.set_case_apart();
    }
    outcome.trace = recorder.finish();
    outcome.steps_before_choices = recorder.steps_before_choices();
    if (failed) {
        outcome.verdict = Verdict::broken;
        outcome.schedule.choices = machine().choices();  // of what was written down
        outcome.finding = finding_of(recorder, failure, outcome.trace, last_of_case);
        // Mostly why it ends itself. An assertion has its own words.
        if (failure.kind == FindingKind::assertion && !failure.text.starts_with("assert(")) {
            const auto line = last_line(Diverted::text(STDERR_FILENO));
            if (!line.empty()) outcome.finding->sentence += " It last said \"" + line + "\" on stderr.";
        }
        if (again != End::failed || machine().failure().kind != failure.kind) {
            outcome.ending = Ending::diverged;
            outcome.difference = "the failing execution did not fail when it was repeated";
        } else if (outcome.finding->step >= 0) {
            stop_at(outcome);
        }
    }
    return outcome;
}

namespace {

// One execution, whichever.
End run_any(const Body& body) {
    search::Replay any{Schedule{}};
    const relacy::ExploreOptions options;
    Search search(body, any, options);
    static_cast<void>(search.run());
    return machine().end();
}

// The executions of its time are watched for threads that are told apart.
class AskAlike {
public:
    AskAlike() { machine().alike.ask(true); }
    ~AskAlike() { machine().alike.ask(false); }
    AskAlike(const AskAlike&) = delete;
    AskAlike& operator=(const AskAlike&) = delete;
};

}  // namespace

Threads look_at_threads(const Body& body) {
    const Silence silence;
    const AskAlike asks;
    if (run_any(body) == End::not_modelled) return {machine().threads_made(), {}, has_had_too_many_threads()};
    Threads threads{machine().threads_made(), machine().alike.classes(), false};
    // A program that tells its threads apart mostly does so soon.
    search::Dpor dpor;
    const relacy::ExploreOptions options;
    Search more(body, dpor, options);
    if (threads.has_twins() && !more.always_has(threads.classes)) threads.classes.clear();
    return threads;
}

std::string output_of(const Body& body) {
    const Silence silence;
    const Diverted kept(STDOUT_FILENO, file_in_memory());
    run_any(body);
    return Diverted::text();
}

}  // namespace revenant::model::native
