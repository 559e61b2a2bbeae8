// What the steps on mutexes, condition variables and flags have in common.
// Includes Relacy: for the .cpp files of this folder only.
#pragma once

#include <algorithm>

#include "model/relacy/mutexes.hpp"
#include "model/relacy/steps.hpp"

namespace revenant::model::relacy {

/// The thread sees all that was seen by whoever has released into the view.
inline void acquire(const detail::View& view) {
    auto* const thread = rl::ctx().threadx_;
    thread->own_acq_rel_order_ += 1;
    for (unsigned i = 0; i < recorder().threads; ++i) {
        thread->acq_rel_order_[i] = std::max<rl::timestamp_t>(thread->acq_rel_order_[i], view[i]);
    }
}

inline void release(detail::View& view) {
    auto* const thread = rl::ctx().threadx_;
    thread->own_acq_rel_order_ += 1;
    for (unsigned i = 0; i < recorder().threads; ++i) {
        view[i] = std::max<std::size_t>(view[i], thread->acq_rel_order_[i]);
    }
}

/// What a destructor does: its life ends, and then whatever else does.
template <class End>
void end_life(CellId id, std::byte* life, End end) {
    const Retiring now(id);
    if (recorder().unordered_destroys_fail) as<Life>(life)(rl::debug_info()).store(0);
    as<Life>(life).~Life();
    end();
}

/// As `atomically`, for a step that is announced as another one, or that has to wait for its needs.
template <class Act>
void when_able(Operation& operation, Act act) {
    auto& context = rl::ctx();
    // In setup and teardown nobody else goes on, and nothing is scheduled.
    if (recorder().thread < 0 && recorder().lacks_a_need(recorder().running)) {
        fail({FindingKind::deadlock, "threads wait for what nobody will do"});
    }
    if (recorder().is_point()) context.sched();
    fail_if_left_in_freed(operation);
    context.disable_preemption();
    act(here(operation.where));
    context.enable_preemption();
    step_done(operation);
    fail_if_endless();
}

/// A step that waits until these may be had.
template <class Act>
void when_able(Operation& operation, const Needs& needs, Act act) {
    raise_if_due();
    recorder().announce(operation, needs);
    when_able(operation, act);
}

[[nodiscard]] inline Needs free_of(CellId mutex, bool to_share = false) {
    Needs needs;
    needs.free[0] = mutex;
    needs.count = 1;
    needs.to_share = to_share;
    return needs;
}

inline int this_thread() { return recorder().running; }

}  // namespace revenant::model::relacy
