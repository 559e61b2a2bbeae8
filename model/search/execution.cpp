#include "model/search/execution.hpp"

namespace revenant::model::search {
namespace {

constexpr std::size_t usual_steps = 1024;

void set_at(std::vector<std::int32_t>& table, std::size_t at, std::int32_t value) {
    if (at >= table.size()) table.resize(at * 2 + 64, -1);
    table[at] = value;
}

std::int32_t at(const std::vector<std::int32_t>& table, std::size_t index) {
    return index < table.size() ? table[index] : -1;
}

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
    awaits_.clear();
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
        case AccessKind::read:
        case AccessKind::write:
        case AccessKind::add:
        case AccessKind::lock:
        case AccessKind::unlock:
        case AccessKind::try_lock:
        case AccessKind::try_failed: set_at(last_on_cell_, event.access.cell, event.previous); break;
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
    differed_at_ = -1;
}

void Execution::announce(int thread, const Access& access) {
    pending_[index(thread)] = access;
    started_ |= set_of(thread);
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
    latest_[index(thread)] = number;
    switch (access.kind) {
        case AccessKind::none: break;
        case AccessKind::fence: last_fence_ = number; break;
        case AccessKind::retire: set_at(retired_, access.block, number); break;
        case AccessKind::await: awaits_.push_back(number); break;
        case AccessKind::read:
        case AccessKind::write:
        case AccessKind::add:
        case AccessKind::lock:
        case AccessKind::unlock:
        case AccessKind::try_lock:
        case AccessKind::try_failed: set_at(last_on_cell_, access.cell, number); break;
    }
}

void Execution::follow_step(Event& event, std::int32_t number) {
    const auto& earlier = events_[static_cast<std::size_t>(number)];
    if (!covers(event.clock, earlier)) {
        races_.push_back({static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(position_)});
    }
    // A mutex cannot be taken before it is released. Who took it before whom can be turned round.
    const bool waited = earlier.access.kind == AccessKind::lock && event.access.kind == AccessKind::lock &&
                        earlier.release >= 0 && !is_dropped(Rule::unlock_comes_before_lock);
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
        case AccessKind::read:
        case AccessKind::write:
        case AccessKind::add:
        case AccessKind::lock:
        case AccessKind::unlock:
        case AccessKind::try_lock:
        case AccessKind::try_failed: order_on_cell(event); break;
    }
    if (access.sequential && last_fence_ >= 0 && !is_dropped(Rule::fence_conflicts_with_sequential)) {
        follow_step(event, last_fence_);
    }
}

// A write is ordered after all that came before it on its cell: the walk ends.
void Execution::order_on_cell(Event& event) {
    const auto& access = event.access;
    for (auto i = awaits_.rbegin(); i != awaits_.rend(); ++i) {
        if (conflict(events_[static_cast<std::size_t>(*i)].access, access)) follow_step(event, *i);
    }
    event.previous = at(last_on_cell_, access.cell);
    const auto retired = access.block == no_id ? -1 : at(retired_, access.block);
    auto i = event.previous;
    for (; i > retired; i = events_[static_cast<std::size_t>(i)].previous) {
        const auto& earlier = events_[static_cast<std::size_t>(i)].access;
        if (access.kind == AccessKind::lock && earlier.kind == AccessKind::unlock) {
            return order_after_unlock(event, i);
        }
        if (!conflict(earlier, access)) continue;
        follow_step(event, i);
        // What does not conflict with its like has several before the next thing that all come after.
        const bool is_one_of_several = earlier.kind == AccessKind::read || earlier.kind == AccessKind::add ||
                                       earlier.kind == AccessKind::try_failed;
        if (!is_one_of_several) return;
    }
    if (retired >= 0 && !is_dropped(Rule::retire_conflicts_with_access)) follow_step(event, retired);
}

// Where an unlock is a step of its own: it comes before the next lock and cannot be turned round with it; who
// had taken the mutex can.
void Execution::order_after_unlock(Event& event, std::int32_t unlock) {
    for (auto i = unlock; i >= 0; i = events_[static_cast<std::size_t>(i)].previous) {
        const auto& earlier = events_[static_cast<std::size_t>(i)];
        if (!takes_mutex(earlier.access.kind)) continue;
        if (!covers(event.clock, earlier)) {
            races_.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(position_)});
        }
        break;
    }
    join(event.clock, events_[static_cast<std::size_t>(unlock)].clock);
}

void Execution::look_at_pending(int thread) {
    if (position_ < kept_) return;
    Event event;
    event.thread = static_cast<std::int8_t>(thread);
    event.access = pending_[index(thread)];
    event.clock = clocks_[index(thread)];
    const auto known = races_.size();
    order(event);
    ++event.clock[index(thread)];
    for (auto i = known; i < races_.size(); ++i)
        races_[i].second = static_cast<std::uint32_t>(events_.size());
    events_.push_back(event);
}

void Execution::release(int thread, CellId mutex) {
    for (auto i = position_; i-- > 0;) {
        const auto& access = events_[i].access;
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
