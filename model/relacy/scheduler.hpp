// The bridge to Relacy's scheduler interface. Includes Relacy: for the .cpp files of this folder only.
//
// Relacy makes the scheduler itself, without arguments of ours, and has one context a process; so the
// search that runs now is found through `current_search`.
#pragma once

#include "model/relacy/engine.hpp"
#include "model/relacy/include_relacy.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/steps.hpp"
#include "model/relacy/thread_local_data.hpp"
#include "model/relacy/untracked.hpp"
#include "model/relacy/watchdog.hpp"
#include "model/stopwatch.hpp"

namespace revenant::model::relacy {

// Between two looks at the clock and at the signals, whichever comes first.
inline constexpr std::uint64_t executions_per_look = 64;
inline constexpr std::uint64_t steps_per_look = 20'000;

/// A search under way: its strategy, its budgets, and how it ended.
struct Search {
    Program* program;
    search::Strategy* strategy;
    const ExploreOptions* options;
    Stopwatch since_start = {};
    double next_progress = 0.1;
    std::uint64_t next_milestone = 64;
    std::uint64_t executions = 0;
    std::uint64_t steps_since_look = 0;
    Ending ending = Ending::exhausted;
    ThreadLocalData thread_local_data = {};

    /// After an execution without a finding: whether the search is over.
    bool over() {
        ++executions;
        if (thread_local_data.has_changed()) return end(Ending::interrupted);  // `explore` says why
        const bool more = strategy->advance();
        if (strategy->diverged_at() >= 0) return end(Ending::diverged);
        if (!more) return end(Ending::exhausted);
        if (executions >= options->budget_executions) return end(Ending::execution_budget);
        if (executions == next_milestone) pass_milestone();
        steps_since_look += recorder().trace.steps.size();
        if (executions % executions_per_look != 0 && steps_since_look < steps_per_look) return false;
        steps_since_look = 0;
        if (options->stop.stop_requested()) return end(Ending::interrupted);
        const double seconds = since_start.seconds();
        if (seconds >= options->budget_seconds) return end(Ending::time_budget);
        if (options->on_progress && seconds >= next_progress) {
            next_progress = seconds + 0.1;
            options->on_progress({executions, seconds, -1});
        }
        return false;
    }

private:
    void pass_milestone() {
        next_milestone += next_milestone / 2;
        if (options->on_milestone) options->on_milestone({executions, since_start.seconds(), -1});
    }
    bool end(Ending why) {
        ending = why;
        return true;
    }
};

inline Search* current_search = nullptr;

/// Relacy's tree search with its own rules (a thread that waits for a mutex lets each other one take a
/// step first), but every choice is handed to the strategy and written down.
template <rl::thread_id_t threads>
class StrategyScheduler
    : public rl::tree_search_scheduler<StrategyScheduler<threads>,
                                       rl::tree_search_scheduler_thread_info<threads>, threads> {
    using base_t =
        rl::tree_search_scheduler<StrategyScheduler, rl::tree_search_scheduler_thread_info<threads>, threads>;

public:
    using typename base_t::shared_context_t;
    using typename base_t::thread_info_t;

    StrategyScheduler(rl::test_params& params, shared_context_t& shared, rl::thread_id_t dynamic)
        : base_t(params, shared, dynamic) {}

    rl::thread_id_t iteration_begin_impl() {
        auto& strategy = *current_search->strategy;
        current_search->thread_local_data.remember();
        recorder().begin();
        strategy.execution.begin(strategy.kept());
        strategy.begin();
        const auto thread = this->running_threads[pick(-1)];
        started(thread);
        recorder().thread = setup_thread;
        return thread;
    }
    bool iteration_end_impl() {
        const Untracked scope;
        return current_search->over();
    }
    rl::thread_id_t schedule_impl(rl::unpark_reason& reason, unsigned yield) {
        in_modelled_code = 0;
        running_ = this->thread_->index_;
        asked_ = false;
        auto thread = base_t::schedule_impl(reason, yield);
        // The only one that can run: recorded all the same, unless it lacks what it needs.
        if (!asked_) thread = this->running_threads[pick(running_)];
        started(thread);
        in_modelled_code = 1;
        return thread;
    }
    unsigned rand_impl(unsigned limit, rl::sched_type type) {
        switch (type) {
            case rl::sched_type_sched: return pick(running_);
            case rl::sched_type_mem_realloc: return 0;  // 0: the address is not used again soon
            case rl::sched_type_atomic_load: return choose(ChoiceKind::stale_read, limit);
            case rl::sched_type_cas_fail: return choose(ChoiceKind::spurious_failure, limit);
            case rl::sched_type_user: return choose(ChoiceKind::wake, limit);
        }
        return 0;
    }

    bool can_switch(thread_info_t&) { return true; }
    void on_switch(thread_info_t&) {}
    rl::iteration_t iteration_count_impl() { return ~rl::iteration_t{0}; }

private:
    /// The strategy's choice among the threads that can run, as an index into Relacy's list of them.
    unsigned pick(int running) {
        asked_ = true;
        auto able = able_threads();
        if (able == 0 && !current_search->strategy->visible_points()) {
            this->purge_blocked_threads();  // who lets the others take a step first goes on: they cannot
            able = able_threads();
        }
        const auto runnable = runnable_threads();
        if (able == 0) {
            able = those(runnable, [](int t) { return recorder().lets_time_pass(t); });
        }
        if (able == 0 && somebody_yields(runnable)) {
            fail({FindingKind::livelock, "threads wait for what nobody will do"});
        }
        if (able == 0 && those(runnable, [](int t) { return recorder().lacks_a_need(t); }) != 0) {
            fail({FindingKind::deadlock, "threads wait for what nobody will do"});
        }
        auto& strategy = *current_search->strategy;
        const Untracked scope;
        // Nobody is able: a deadlock, which Relacy finds when it lets them wait one by one.
        const int thread = able != 0 ? strategy.next_thread(able, running) : std::countr_zero(runnable);
        recorder().chose({ChoiceKind::thread, static_cast<std::uint8_t>(thread)});
        unsigned index = 0;
        while (this->running_threads[index] != thread) ++index;
        return index;
    }
    template <class Is>
    static search::ThreadSet those(search::ThreadSet among, Is is) {
        search::ThreadSet found = 0;
        search::for_each(among, [&](int thread) {
            if (is(thread)) found |= search::set_of(thread);
        });
        return found;
    }
    search::ThreadSet runnable_threads() const {
        search::ThreadSet runnable = 0;
        for (const auto thread : this->running_threads) runnable |= search::set_of(static_cast<int>(thread));
        return runnable;
    }
    search::ThreadSet able_threads() const {
        const bool visible = current_search->strategy->visible_points();
        return those(runnable_threads(), [&](int t) {
            const bool waits =
                visible && (recorder().waits_for_a_change(t) || recorder().waits_for_a_lock(t));
            return !waits && !recorder().lacks_a_need(t);
        });
    }
    static bool somebody_yields(search::ThreadSet among) {
        for (; among != 0; among &= among - 1) {
            const auto* const operation = recorder().pending(std::countr_zero(among));
            if (operation != nullptr && operation->kind == OperationKind::yield) return true;
        }
        return false;
    }
    void started(rl::thread_id_t thread) {
        recorder().running = static_cast<std::uint8_t>(thread);
        recorder().thread = thread;
    }
    unsigned choose(ChoiceKind kind, unsigned limit) {
        if (limit < 2) return 0;
        const Untracked scope;
        const unsigned value = current_search->options->newest_only && kind != ChoiceKind::wake
                                   ? (kind == ChoiceKind::spurious_failure ? limit - 1 : 0)
                                   : current_search->strategy->choose(kind, limit);
        recorder().chose({kind, static_cast<std::uint8_t>(value)});
        return value;
    }

    bool asked_ = false;  ///< whether Relacy has asked for the thread that it is about to run
    int running_ = -1;    ///< the thread that took the last step
};

}  // namespace revenant::model::relacy
