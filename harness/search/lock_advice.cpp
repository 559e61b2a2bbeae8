#include "harness/search/lock_advice.hpp"

#include <fmt/format.h>

#include "harness/search/lock_by_hand.hpp"
#include "model/search/random.hpp"

namespace revenant::harness {
namespace {

// In some of them a thread meets a lock that is held.
constexpr unsigned executions = 16;
// … and where none of the first has a cell that may be a lock, none of the others has.
constexpr unsigned executions_without = 3;
// No search of one kind alone: the last execution of dpor has mostly no thread that waits for another.
constexpr std::uint64_t seed = 1;

// Most code has no such cell, and that is known without the names, which take longer than all executions. A
// cell is told by its name, so that each execution stands for itself here.
bool may_have_locks(const Run& run, model::relacy::ExploreOptions options) {
    options.names = false;
    model::search::RandomSearch strategy(seed);
    for (unsigned i = 0; i < executions_without; ++i) {
        const auto outcome = explore(run, strategy, options);
        const bool is_whole = outcome.ending == model::Ending::execution_budget;
        if (!is_whole && outcome.ending != model::Ending::finding) return false;
        LocksByHand locks;
        locks.look_at(outcome.trace, is_whole);
        if (locks.has_candidates()) return true;
    }
    return false;
}

}  // namespace

std::string lock_advice(const Run& run, const model::relacy::ExploreOptions& of_search) {
    model::relacy::ExploreOptions options;
    options.subject = of_search.subject;
    options.patience_seconds = of_search.patience_seconds;
    options.newest_only = of_search.newest_only;
    options.rounds_max = of_search.rounds_max;
    options.stop = of_search.stop;
    options.budget_executions = 1;
    options.budget_seconds = 1;  // one that takes longer has no end
    if (!may_have_locks(run, options)) return "";
    model::search::RandomSearch strategy(seed);
    LocksByHand locks;
    for (unsigned i = 0; i < executions; ++i) {
        if (options.stop.stop_requested()) return "";
        if (i == executions_without && !locks.has_candidates()) return "";
        const auto outcome = explore(run, strategy, options);
        const bool is_whole = outcome.ending == model::Ending::execution_budget;
        if (!is_whole && outcome.ending != model::Ending::finding) return "";
        locks.look_at(outcome.trace, is_whole);
    }
    const auto lock = locks.first();
    if (!lock) return "";
    return fmt::format("{} is a lock made of {}{}: {} in its place has far fewer executions.", lock->cell,
                       lock->made_of, lock->place.empty() ? "" : " at " + lock->place, mutex_to_use());
}

}  // namespace revenant::harness
