#include "model/relacy/blocking.hpp"

#include <algorithm>

namespace revenant::model::relacy {

void Blocking::begin() {
    held_.clear();
    waiters_.clear();
}

void Blocking::add() { held_.emplace_back(); }

bool Blocking::is_free(CellId cell, bool to_share) const {
    return held_[cell].holder == nobody && (to_share || held_[cell].all_shares == 0);
}

unsigned Blocking::depth(CellId cell, int thread) const {
    return held_[cell].holder == thread ? held_[cell].depth : 0;
}

bool Blocking::is_held(CellId cell) const {
    return held_[cell].holder != nobody || held_[cell].all_shares != 0;
}

void Blocking::take(CellId cell, int thread) {
    held_[cell].holder = static_cast<std::int8_t>(thread);
    ++held_[cell].depth;
}

void Blocking::give_back(CellId cell) {
    auto& held = held_[cell];
    if (held.depth > 0) --held.depth;
    if (held.depth == 0) held.holder = nobody;
}

void Blocking::take_share(CellId cell, int thread) {
    ++held_[cell].shares[static_cast<std::size_t>(thread)];
    ++held_[cell].all_shares;
}

void Blocking::give_share_back(CellId cell, int thread) {
    --held_[cell].shares[static_cast<std::size_t>(thread)];
    --held_[cell].all_shares;
}

void Blocking::make_latch(CellId cell, unsigned count) {
    held_[cell].holder = count == 0 ? nobody : no_thread;
    held_[cell].depth = static_cast<std::uint16_t>(count);
}

void Blocking::count_down(CellId latch, unsigned by) { make_latch(latch, held_[latch].depth - by); }

void Blocking::wait(CellId condition, int thread) {
    waiters_.push_back({condition, static_cast<std::int8_t>(thread)});
}

std::size_t Blocking::waiting(CellId condition) const {
    return static_cast<std::size_t>(std::count_if(waiters_.begin(), waiters_.end(),
                                                  [&](const Waiter& w) { return w.condition == condition; }));
}

int Blocking::wake(CellId condition, std::size_t n) {
    for (auto waiter = waiters_.begin(); waiter != waiters_.end(); ++waiter) {
        if (waiter->condition != condition || n-- != 0) continue;
        const int thread = waiter->thread;
        waiters_.erase(waiter);
        return thread;
    }
    return nobody;
}

bool Blocking::leave(CellId condition, int thread) {
    return std::erase_if(waiters_, [&](const Waiter& w) {
               return w.condition == condition && w.thread == thread;
           }) != 0;
}

bool Blocking::is_waiting(CellId condition, int thread) const {
    return std::any_of(waiters_.begin(), waiters_.end(),
                       [&](const Waiter& w) { return w.condition == condition && w.thread == thread; });
}

bool Blocking::are_met(const Needs& needs, int thread) const {
    if (needs.notified_by != no_id && is_waiting(needs.notified_by, thread)) return false;
    return std::all_of(needs.free.begin(), needs.free.begin() + needs.count,
                       [&](CellId cell) { return is_free(cell, needs.to_share); });
}

}  // namespace revenant::model::relacy
