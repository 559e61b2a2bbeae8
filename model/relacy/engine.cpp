#include "model/relacy/engine.hpp"

#include <chrono>

#include "model/diagnosis.hpp"
#include "model/relacy/include_relacy.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/untracked.hpp"

namespace revenant::model::relacy {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned steps_max = 20'000;            // of one execution; beyond it is a livelock
constexpr std::uint64_t executions_per_look = 64;  // between two looks at the clock

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The search that runs now. Relacy makes the scheduler and the suite itself, without arguments of
/// ours, and has one context a process.
struct Search {
    Program* program;
    search::Strategy* strategy;
    const ExploreOptions* options;
    Clock::time_point start;
    double next_progress = 0.1;
    std::uint64_t executions = 0;
    Ending ending = Ending::exhausted;

    /// After an execution without a finding: whether the search is over.
    bool over() {
        ++executions;
        if (!strategy->advance()) {
            ending = strategy->diverged_at() >= 0 ? Ending::diverged : Ending::exhausted;
            return true;
        }
        if (executions >= options->budget_executions) return end(Ending::execution_budget);
        if (executions % executions_per_look != 0) return false;
        if (options->stop != nullptr && *options->stop != 0) return end(Ending::interrupted);
        const double seconds = seconds_since(start);
        if (seconds >= options->budget_seconds) return end(Ending::time_budget);
        if (options->on_progress && seconds >= next_progress) {
            next_progress = seconds + 0.1;
            options->on_progress({executions, seconds});
        }
        return false;
    }

private:
    bool end(Ending why) {
        ending = why;
        return true;
    }
};

Search* current = nullptr;

template <rl::thread_id_t threads>
struct Suite : rl::test_suite<Suite<threads>, threads> {
    void before() {
        recorder().thread = setup_thread;
        current->program->setup();
        recorder().thread = recorder().running;
    }
    void thread(unsigned index) {
        recorder().thread = static_cast<int>(index);
        current->program->thread(index);
        // A violation that no further operation of the thread's has raised is due now.
        if (const auto* violation = recorder().due()) {
            recorder().violated(*violation);
            rl::ctx().fail_test("", rl::test_result_user_assert_failed, rl::debug_info());
        }
    }
    void after() {
        recorder().thread = teardown_thread;
        current->program->teardown();
    }
};

/// Relacy's scheduler, with every choice handed to the strategy and written down.
template <rl::thread_id_t threads>
class StrategyScheduler
    : public rl::scheduler<StrategyScheduler<threads>, rl::scheduler_thread_info, threads> {
    using base_t = rl::scheduler<StrategyScheduler, rl::scheduler_thread_info, threads>;

public:
    struct task_t {};
    using typename base_t::shared_context_t;

    StrategyScheduler(rl::test_params& params, shared_context_t& shared, rl::thread_id_t dynamic)
        : base_t(params, shared, dynamic) {}

    rl::thread_id_t iteration_begin_impl() {
        recorder().begin();
        current->strategy->begin();
        const auto thread = pick(-1);
        recorder().thread = setup_thread;
        return thread;
    }
    bool iteration_end_impl() {
        const Untracked scope;
        return current->over();
    }
    rl::thread_id_t schedule_impl(rl::unpark_reason& reason, unsigned /*yield*/) {
        reason = rl::unpark_reason_normal;
        return pick(this->thread_->index_);
    }
    unsigned rand_impl(unsigned limit, rl::sched_type type) {
        switch (type) {
            case rl::sched_type_mem_realloc: return 0;  // 0: the address is not used again soon
            case rl::sched_type_atomic_load: return choose(ChoiceKind::stale_read, limit);
            case rl::sched_type_cas_fail: return choose(ChoiceKind::spurious_failure, limit);
            case rl::sched_type_sched:
            case rl::sched_type_user: return choose(ChoiceKind::wake, limit);
        }
        return 0;
    }

    rl::iteration_t iteration_count_impl() { return ~rl::iteration_t{0}; }
    void get_state_impl(std::ostream&) {}
    void set_state_impl(std::istream&) {}
    void on_thread_block(rl::thread_id_t, bool) {}
    void thread_finished_impl() {}
    void purge_blocked_threads() {}

private:
    rl::thread_id_t pick(int running) {
        search::ThreadSet runnable = 0;
        for (const auto thread : this->running_threads) runnable |= search::ThreadSet{1} << thread;
        const Untracked scope;
        const int thread = current->strategy->next_thread(runnable, running);
        recorder().choices.push_back({ChoiceKind::thread, static_cast<std::uint8_t>(thread)});
        recorder().running = static_cast<std::uint8_t>(thread);
        recorder().thread = thread;
        return thread;
    }
    unsigned choose(ChoiceKind kind, unsigned limit) {
        if (limit < 2) return 0;
        const Untracked scope;
        const unsigned value = current->strategy->choose(kind, limit);
        recorder().choices.push_back({kind, static_cast<std::uint8_t>(value)});
        return value;
    }
};

FindingKind kind_of(rl::test_result_e result) {
    switch (result) {
        case rl::test_result_data_race: return FindingKind::data_race;
        case rl::test_result_access_to_freed_memory: return FindingKind::use_after_free;
        case rl::test_result_double_free: return FindingKind::double_free;
        case rl::test_result_memory_leak:
        case rl::test_result_resource_leak: return FindingKind::leak;
        case rl::test_result_unitialized_access: return FindingKind::uninitialised_read;
        case rl::test_result_deadlock:
        case rl::test_result_recursion_on_nonrecursive_mutex: return FindingKind::deadlock;
        case rl::test_result_livelock: return FindingKind::livelock;
        case rl::test_result_user_assert_failed: return recorder().violation().kind;
        default: return FindingKind::assertion;
    }
}

Finding finding_of(rl::test_result_e result, unsigned threads) {
    Failure failure;
    failure.kind = kind_of(result);
    failure.text = result == rl::test_result_user_assert_failed ? recorder().violation().text
                                                                : rl::test_result_str(result);
    failure.step = result == rl::test_result_user_assert_failed ? recorder().violation().step : -1;
    for (unsigned t = 0; t < threads; ++t) {
        if (const auto* operation = recorder().pending(static_cast<int>(t))) {
            const bool runs = t == recorder().running;  // in setup and teardown it is not itself
            failure.waiting.push_back({runs ? recorder().thread : static_cast<int>(t), true, *operation});
        }
    }
    recorder().close_failed();
    return diagnose(recorder().trace, failure);
}

template <rl::thread_id_t threads>
rl::test_result_e run() {
    std::ostream nowhere(nullptr);
    rl::test_params params;
    params.output_stream = &nowhere;
    params.progress_stream = &nowhere;
    params.search_type = current->strategy->reads_deep_history() ? rl::random_scheduler_type
                                                                 : rl::fair_full_search_scheduler_type;
    params.execution_depth_limit = steps_max;
    rl::ostringstream state;
    return rl::run_test<Suite<threads>, StrategyScheduler<threads>>(params, state, false);
}

rl::test_result_e run_with(unsigned threads) {
    switch (threads) {
        case 2: return run<2>();
        case 3: return run<3>();
        case 4: return run<4>();
        default: return run<5>();
    }
}

}  // namespace

Outcome explore(Program& program, unsigned threads, search::Strategy& strategy,
                const ExploreOptions& options) {
    Search search{&program, &strategy, &options, Clock::now()};
    current = &search;
    set_overrides(options.overrides);
    recorder().unordered_destroys_fail = options.unordered_destroys_fail;
    const auto result = run_with(threads);
    set_overrides({});
    current = nullptr;

    Outcome outcome;
    outcome.seconds = seconds_since(search.start);
    outcome.executions_complete = search.executions;
    outcome.ending = search.ending;
    if (result != rl::test_result_success) {
        outcome.executions_complete = search.executions + 1;
        outcome.ending = Ending::finding;
        outcome.verdict = Verdict::broken;
        outcome.finding = finding_of(result, threads);
        outcome.trace = recorder().trace;
        outcome.schedule.choices = recorder().choices;
    } else if (search.ending == Ending::exhausted && strategy.is_exhaustive()) {
        outcome.verdict = Verdict::correct;
        outcome.exhaustive = true;
    }
    outcome.schedule.threads = threads;
    outcome.schedule.deep_history = strategy.reads_deep_history();
    outcome.schedule.unordered_destroys_pass = !options.unordered_destroys_fail;
    outcome.diverged_at = strategy.diverged_at();
    return outcome;
}

}  // namespace revenant::model::relacy
