#include "model/search/execution.hpp"

#include <cstdlib>

#include "model/search/event_table.hpp"

namespace revenant::model::search {
namespace {

constexpr std::size_t usual_steps = 1024;

}  // namespace

Execution::Execution() {
    events_.reserve(usual_steps);
    races_.reserve(usual_steps);
}

void Execution::begin(std::size_t kept) {
    kept_ = kept;
    events_.resize(kept);
    position_ = 0;
    races_.clear();
    pending_ = {};
    clocks_ = {};
    latest_.fill(-1);
    started_ = 0;
    stepped_ = 0;
    last_on_cell_.assign(last_on_cell_.size(), -1);
    retired_.assign(retired_.size(), -1);
    last_fence_ = -1;
    has_sequential_ = false;
    is_watched_ = false;
    last_watched_ = -1;
    awaits_.clear();
    together_.assign(together_.size(), -1);
    together_released_.assign(together_released_.size(), -1);
    differed_at_ = -1;
}

void Execution::save(Checkpoint& to) const {
    to.position = position_;
    to.pending = pending_;
    to.clocks = clocks_;
    to.latest = latest_;
    to.started = started_;
    to.stepped = stepped_;
    to.last_fence = last_fence_;
    to.has_sequential = has_sequential_;
    to.last_watched = last_watched_;
}

// What the tables have of a step that is the last one.
void Execution::forget(const Event& event, std::int32_t number) {
    switch (event.access.kind) {
        case AccessKind::none:
        case AccessKind::fence: break;
        case AccessKind::retire: {
            const auto is_before = [&](std::int32_t i) {
                const auto& access = events_[static_cast<std::size_t>(i)].access;
                return access.kind == AccessKind::retire && access.block == event.access.block;
            };
            while (--number >= 0 && !is_before(number)) continue;
            set_at(retired_, event.access.block, number);
            break;
        }
        case AccessKind::await: awaits_.pop_back(); break;
        case AccessKind::lock_together: std::abort();  // see resume
        default: set_at(last_on_cell_, event.access.cell, event.previous);
    }
}

void Execution::resume(std::size_t kept, const Checkpoint& from) {
    for (; position_ > from.position; --position_) {
        forget(events_[position_ - 1], static_cast<std::int32_t>(position_ - 1));
    }
    kept_ = kept;
    events_.resize(kept);
    races_.clear();
    pending_ = from.pending;
    clocks_ = from.clocks;
    latest_ = from.latest;
    started_ = from.started;
    stepped_ = from.stepped;
    last_fence_ = from.last_fence;
    has_sequential_ = from.has_sequential;
    last_watched_ = from.last_watched;
    differed_at_ = -1;
}

void Execution::announce(int thread, const Access& access) {
    pending_[index(thread)] = access;
    started_ |= set_of(thread);
}

void Execution::announce_together(int thread, const std::vector<Access>& locks) {
    together_locks_[index(thread)].assign(locks.begin(), locks.end());
    announce(thread, {AccessKind::lock_together, no_id, no_id});
}

void Execution::perform(int thread, const Access& access) {
    auto& clock = clocks_[index(thread)];
    stepped_ |= set_of(thread);
    if (position_ < kept_) {
        const auto& event = events_[position_];
        if ((event.thread != thread || event.access != access) && differed_at_ < 0) {
            differed_at_ = static_cast<int>(position_);
        }
        clock = event.clock;
    } else {
        Event event;
        event.thread = static_cast<std::int8_t>(thread);
        event.access = access;
        event.clock = clock;
        order(event);
        ++event.clock[index(thread)];
        clock = event.clock;
        events_.push_back(event);
    }
    const auto number = static_cast<std::int32_t>(position_++);
    has_sequential_ = has_sequential_ || access.sequential;
    if (access.watched) last_watched_ = number;
    latest_[index(thread)] = number;
    switch (access.kind) {
        case AccessKind::none: break;
        case AccessKind::fence: last_fence_ = number; break;
        case AccessKind::retire: set_at(retired_, access.block, number); break;
        case AccessKind::await: awaits_.push_back(number); break;
        case AccessKind::lock_together:
            for (const auto& lock : together_locks_[index(thread)]) {
                set_at(together_, lock.cell, number);
                set_at(together_released_, lock.cell, -1);
            }
            break;
        default: set_at(last_on_cell_, access.cell, number);
    }
}

void Execution::look_at_pending(int thread) {
    if (position_ < kept_) return;
    Event event;
    event.thread = static_cast<std::int8_t>(thread);
    event.access = pending_[index(thread)];
    event.clock = clocks_[index(thread)];
    const auto known = races_.size();
    is_pending_ = true;
    order(event);
    is_pending_ = false;
    ++event.clock[index(thread)];
    for (auto i = known; i < races_.size(); ++i)
        races_[i].second = static_cast<std::uint32_t>(events_.size());
    events_.push_back(event);
}

void Execution::release(int thread, CellId mutex) {
    const auto together = at(together_, mutex);
    for (auto i = position_; i-- > 0;) {
        const auto& access = events_[i].access;
        if (static_cast<std::int32_t>(i) == together)
            return set_at(together_released_, mutex, latest(thread));
        if (!takes_mutex(access.kind) || access.cell != mutex) continue;
        events_[i].release = latest(thread);  // the unlock is a part of that step
        return;
    }
}

bool Execution::newest_store_precedes(int thread, CellId cell) const {
    bool has_additions = false;
    for (auto i = at(last_on_cell_, cell); i >= 0; i = events_[static_cast<std::size_t>(i)].previous) {
        const auto& event = events_[static_cast<std::size_t>(i)];
        const auto kind = event.access.kind;
        if (kind != AccessKind::write && kind != AccessKind::add) continue;
        // Of additions that are in no order each is the newest: one of them is enough, and the world tells
        // which stale reads that leaves.
        if (precedes(event, thread)) return true;
        if (kind == AccessKind::write) return false;
        has_additions = true;
    }
    return !has_additions;
}

Moment Execution::now(int thread) const {
    if (thread < 0) return {};
    return {static_cast<std::int8_t>(thread), clocks_[index(thread)][index(thread)]};
}

bool Execution::is_over(const Moment& moment, int thread) const {
    if (moment.thread < 0 || thread < 0 || moment.thread == thread) return true;
    return clocks_[index(thread)][index(moment.thread)] > moment.steps;
}

}  // namespace revenant::model::search
