#include "model/relacy/engine.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "model/diagnosis.hpp"
#include "model/relacy/foreign_calls.hpp"
#include "model/relacy/run_suite.hpp"
#include "model/relacy/scheduler.hpp"
#include "model/relacy/steps.hpp"
#include "model/relacy/untracked.hpp"
#include "model/relacy/watchdog.hpp"

namespace revenant::model::relacy {
namespace {

std::string exception_text;  // of a violation, which keeps no copy

// The code on trial. An exception that left it would leave Relacy's fibers, and end the process.
template <class Act>
void modelled(Act act) {
    auto& text = exception_text;
    try {
        in_modelled_code = 1;
        act();
        in_modelled_code = 0;
        return;
    } catch (const std::exception& exception) {
        const Untracked scope;
        text = std::string("no exception leaves a thread (it is: ") + exception.what() + ")";
    } catch (...) {
        const Untracked scope;
        text = "no exception leaves a thread";
    }
    fail({FindingKind::assertion, text.c_str()});  // outside of the handler, which is never left here
}

template <rl::thread_id_t threads>
struct Suite : rl::test_suite<Suite<threads>, threads> {
    void before() {
        recorder().thread = setup_thread;
        modelled([] { current_search->program->setup(); });
        if (recorder().watches()) look_at_rules();
        recorder().thread = recorder().running;
    }
    void thread(unsigned index) {
        recorder().thread = static_cast<int>(index);
        recorder().calls("");
        modelled([index] { current_search->program->thread(index); });
        raise_if_due();  // no further operation of the thread's has
    }
    void after() {
        recorder().thread = teardown_thread;
        recorder().calls("");
        modelled([] { current_search->program->teardown(); });
        raise_if_due();
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
    const bool deep_history = current_search->strategy->reads_deep_history();
    return run_suite<Suite<threads>, StrategyScheduler<threads>>(deep_history, steps_max).result;
}

// Relacy wants the number at compile time.
template <rl::thread_id_t candidate = explore_threads_min>
rl::test_result_e run_with(unsigned threads) {
    if (threads == candidate) return run<candidate>();
    if constexpr (candidate < explore_threads_max) return run_with<candidate + 1>(threads);
    std::fprintf(stderr, "revenant: explore: %u threads; it may be %u to %u\n", threads, explore_threads_min,
                 explore_threads_max);
    std::abort();
}

std::string not_modelled(const ExploreOptions& options, const std::string& what) {
    return options.subject + ": the code on trial " + what + ": no search can judge it";
}

}  // namespace

Outcome explore(Program& program, unsigned threads, search::Strategy& strategy,
                const ExploreOptions& options) {
    Search search{&program, &strategy, &options};
    current_search = &search;
    set_overrides(options.overrides);
    recorder().unordered_destroys_fail = options.unordered_destroys_fail;
    recorder().revivals_fail = options.revivals_fail;
    recorder().visible_points = strategy.visible_points();
    recorder().execution = &strategy.execution;
    recorder().threads = threads;
    const auto result = [&] {
        const Watchdog watchdog(options.subject, options.patience_seconds);
        return run_with(threads);
    }();
    in_modelled_code = 0;
    set_overrides({});
    current_search = nullptr;
    const auto* const call = take_foreign_call();
    if (call != nullptr) throw NotModelled(not_modelled(options, std::string("calls ") + call));
    if (search.thread_local_data.has_changed()) {
        throw NotModelled(
            not_modelled(options, "changes thread_local data, which all its threads share here"));
    }

    Outcome outcome;
    outcome.seconds = search.since_start.seconds();
    outcome.executions_complete = search.executions;
    outcome.ending = search.ending;
    if (result != rl::test_result_success) {
        outcome.executions_complete = search.executions + 1;
        outcome.ending = Ending::finding;
        outcome.verdict = Verdict::broken;
        outcome.finding = finding_of(result, threads);
        outcome.schedule.choices = recorder().choices;
    } else if (search.ending == Ending::exhausted && strategy.is_exhaustive()) {
        outcome.exhaustive = !options.newest_only;
        outcome.exhaustive_of_newest = options.newest_only;
        if (outcome.exhaustive) outcome.verdict = Verdict::correct;
    }
    outcome.trace = recorder().trace;
    outcome.steps_before_choices = recorder().chosen_before();
    outcome.schedule.threads = threads;
    outcome.schedule.deep_history = strategy.reads_deep_history();
    outcome.schedule.visible_points = strategy.visible_points();
    outcome.schedule.revivals_pass = !options.revivals_fail;
    outcome.schedule.unordered_destroys_pass = !options.unordered_destroys_fail;
    outcome.executions_blocked = strategy.blocked();
    outcome.executions_complete -= outcome.executions_blocked;
    outcome.diverged_at = strategy.diverged_at();
    if (outcome.ending == Ending::diverged) outcome.difference = recorder().difference();
    return outcome;
}

}  // namespace revenant::model::relacy
