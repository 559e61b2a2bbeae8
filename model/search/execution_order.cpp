// What comes before a new event, and what of that may be turned round.
#include <algorithm>

#include "model/search/event_table.hpp"
#include "model/search/execution.hpp"

namespace revenant::model::search {

// The event comes after an earlier one that it conflicts with: a race, unless something stands between.
void Execution::meet(const Event& event, std::int32_t number) {
    if (covers(event.clock, events_[static_cast<std::size_t>(number)])) return;
    races_.push_back({static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(position_)});
}

void Execution::follow_step(Event& event, std::int32_t number) {
    const auto& earlier = events_[static_cast<std::size_t>(number)];
    meet(event, number);
    // A mutex cannot be taken before it is released. Who took it before whom can be turned round.
    const auto kind = event.access.kind;
    const bool waits =
        kind == AccessKind::lock || kind == AccessKind::lock_together || kind == AccessKind::passed;
    const bool waited = earlier.access.kind == AccessKind::lock && waits && earlier.release >= 0 &&
                        !is_dropped(Rule::unlock_comes_before_lock);
    const auto until = waited ? earlier.release : number;
    join(event.clock, events_[static_cast<std::size_t>(until)].clock);
}

// Walks the conflicting events from the latest back, so that one which another leads to is covered by
// the time that it is met.
void Execution::order(Event& event) {
    const auto& access = event.access;
    switch (access.kind) {
        case AccessKind::none: return;
        case AccessKind::fence:
            // The sequential accesses since the last fence; what was before that one, it leads to.
            for (auto i = static_cast<std::int32_t>(position_); has_sequential_ && --i > last_fence_;) {
                const auto& earlier = events_[static_cast<std::size_t>(i)].access;
                if (earlier.sequential && conflict(earlier, access)) follow_step(event, i);
            }
            if (last_fence_ >= 0 && !is_dropped(Rule::fence_conflicts_with_fence)) {
                follow_step(event, last_fence_);
            }
            return;
        case AccessKind::retire:
        case AccessKind::await:
            for (auto i = static_cast<std::int32_t>(position_); i-- > 0;) {
                if (conflict(events_[static_cast<std::size_t>(i)].access, access)) follow_step(event, i);
            }
            return;
        case AccessKind::lock_together: order_together(event); break;
        default:  // has a place among those on its cell
            event.previous = at(last_on_cell_, access.cell);
            if (access.watched) order_watched(event, access);
            order_on_cell(event, access);
    }
    if (access.sequential && last_fence_ >= 0 && !is_dropped(Rule::fence_conflicts_with_sequential)) {
        follow_step(event, last_fence_);
    }
}

// What one mutex leads to does not stand between the step and who had another: where both are held by one
// thread, the step can only come before the first of them was taken.
void Execution::order_together(Event& event) {
    const auto before = event;
    for (const auto& lock : together_locks_[index(event.thread)]) {
        auto one = before;
        order_on_cell(one, lock);
        join(event.clock, one.clock);
    }
}

// After the latest watched change, whatever its cell; those before, it leads to. What is on the event's own
// cell and came later still may itself come after that change, and is met first: nothing then stands to be
// turned round between the two.
void Execution::order_watched(Event& event, const Access& access) {
    if (last_watched_ < 0 || is_dropped(Rule::changes_conflict_while_watched)) return;
    for (auto i = awaits_.rbegin(); i != awaits_.rend() && *i > last_watched_; ++i) {
        if (conflict(events_[static_cast<std::size_t>(*i)].access, access)) follow_step(event, *i);
    }
    for (auto i = event.previous; i > last_watched_; i = events_[static_cast<std::size_t>(i)].previous) {
        if (conflict(events_[static_cast<std::size_t>(i)].access, access)) follow_step(event, i);
    }
    follow_step(event, last_watched_);
}

// A write is ordered after all that came before it on its cell: the walk ends.
void Execution::order_on_cell(Event& event, const Access& access) {
    for (auto i = awaits_.rbegin(); i != awaits_.rend(); ++i) {
        if (conflict(events_[static_cast<std::size_t>(*i)].access, access)) follow_step(event, *i);
    }
    const auto retired = access.block == no_id ? -1 : at(retired_, access.block);
    const auto together = std::max(at(together_, access.cell), retired);
    auto i = at(last_on_cell_, access.cell);
    bool has_met_wake = access.kind != AccessKind::wait_if_equal;
    bool has_met_write = has_met_wake;
    for (; i > together; i = events_[static_cast<std::size_t>(i)].previous) {
        const auto& met = events_[static_cast<std::size_t>(i)];
        const auto& earlier = met.access;
        const bool waits = access.kind == AccessKind::lock || access.kind == AccessKind::share;
        if (waits && earlier.kind == AccessKind::unlock) return order_after_unlock(event, access, i);
        if (access.kind == AccessKind::lock && earlier.kind == AccessKind::unshare &&
            !is_dropped(Rule::unshare_comes_before_lock)) {
            return order_after_shares(event, access, i);
        }
        if (access.kind == AccessKind::wait_for_latch && earlier.kind == AccessKind::count_down &&
            !is_dropped(Rule::count_down_comes_before_wait)) {
            join(event.clock, events_[static_cast<std::size_t>(i)].clock);
        }
        if (!conflict(earlier, access)) {
            // What came before the thread's own last access of the kind, that one led to.
            if (met.thread == event.thread && earlier == access) return;
            continue;
        }
        // Who had the mutex when a try failed still has it: before that one, nobody else may take it either.
        if (waits && is_pending_ && earlier.kind == AccessKind::try_failed) continue;
        follow_step(event, i);
        // What does not conflict with its like has several before the next thing that all come after. Changes
        // of a number and those of who waits for it lead to their own kind alone.
        if (is_one_of_several(earlier.kind)) continue;
        (earlier.kind == AccessKind::wake ? has_met_wake : has_met_write) = true;
        if ((has_met_wake && has_met_write) || is_dropped(Rule::all_before_wait_if_equal_are_met)) return;
    }
    if (together > retired) return follow_together(event, access, together);
    if (retired >= 0 && !is_dropped(Rule::retire_conflicts_with_access)) follow_step(event, retired);
}

// Who waits until nobody shares a mutex any more comes after all that gave their part back, which cannot be
// turned round; who had taken a part can. What was before the first of them, they lead to; a try that failed,
// the part that is given back after it leads to.
void Execution::order_after_shares(Event& event, const Access& access, std::int32_t latest) {
    const auto before = event;
    const auto retired = access.block == no_id ? -1 : at(retired_, access.block);
    const auto end = std::max(at(together_, access.cell), retired);
    for (auto i = latest; i > end; i = events_[static_cast<std::size_t>(i)].previous) {
        const auto& earlier = events_[static_cast<std::size_t>(i)];
        if (!is_one_of_several(earlier.access.kind)) return;
        if (takes_share(earlier.access.kind) && conflict(earlier.access, access)) meet(before, i);
        join(event.clock, earlier.clock);
    }
}

// Where an unlock is a step of its own: it comes before the next lock and cannot be turned round with it; who
// had taken the mutex can.
void Execution::order_after_unlock(Event& event, const Access& access, std::int32_t unlock) {
    const auto together = at(together_, access.cell);
    auto i = unlock;
    while (i > together && !takes_mutex(events_[static_cast<std::size_t>(i)].access.kind)) {
        i = events_[static_cast<std::size_t>(i)].previous;
    }
    const auto taken = std::max(i, together);
    if (taken >= 0 && conflict(events_[static_cast<std::size_t>(taken)].access, access)) meet(event, taken);
    join(event.clock, events_[static_cast<std::size_t>(unlock)].clock);
}

// A mutex of the cell was taken with others, and nobody has done anything to it since.
void Execution::follow_together(Event& event, const Access& access, std::int32_t number) {
    const auto& together = events_[static_cast<std::size_t>(number)];
    if (!conflict(together.access, access)) return;
    meet(event, number);
    const auto released = at(together_released_, access.cell);
    const bool waited = (access.kind == AccessKind::lock || access.kind == AccessKind::passed) &&
                        released >= 0 && !is_dropped(Rule::unlock_comes_before_lock);
    join(event.clock, events_[static_cast<std::size_t>(waited ? released : number)].clock);
}

}  // namespace revenant::model::search
