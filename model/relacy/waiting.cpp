#include "model/relacy/waiting.hpp"

#include <algorithm>

namespace revenant::model::relacy {
namespace {

constexpr unsigned always_changed = ~0u;  // what is compared with it differs

// More repeats than any thread needs that another one will let go on.
constexpr std::uint32_t repeats_max = 200;

// Whether others, or the thread itself later, can tell that it was taken. A mutex that is locked in a loop is
// unlocked in it as well.
bool changes_something(const Operation& operation) {
    switch (operation.kind) {
        case OperationKind::load:
        case OperationKind::read:
        case OperationKind::lock:
        case OperationKind::unlock:
        case OperationKind::try_lock:
        case OperationKind::lock_shared:
        case OperationKind::try_lock_shared:
        case OperationKind::unlock_shared:
        case OperationKind::notify_one:
        case OperationKind::notify_all:
        case OperationKind::call_once:
        case OperationKind::wait_for_latch:
        case OperationKind::fence: return false;
        case OperationKind::cas_strong:
        case OperationKind::cas_weak: return !operation.failed && operation.before != operation.after;
        case OperationKind::store:
        case OperationKind::exchange:
        case OperationKind::fetch_add:
        case OperationKind::fetch_sub:
        case OperationKind::fetch_or:
        case OperationKind::fetch_and:
        case OperationKind::fetch_xor:
        case OperationKind::count_down: return operation.before != operation.after;
        case OperationKind::write:
        case OperationKind::retire:
        case OperationKind::allocate:
        case OperationKind::free:
        case OperationKind::wait:
        case OperationKind::end_wait:
        case OperationKind::yield: break;  // who waits is judged by its rounds
    }
    return true;
}

bool is_same(const Operation& a, const Operation& b) {
    return a.kind == b.kind && a.target == b.target && a.before == b.before && a.failed == b.failed &&
           a.where.line() == b.where.line() && a.where.column() == b.where.column();
}

}  // namespace

void Waiting::begin() {
    changes_.clear();
    for (auto& seen : seen_) seen.clear();
    rounds_ = {};
    unchanging_ = {};
}

void Waiting::saw(int thread, CellId cell, bool newest) {
    auto& seen = seen_[static_cast<std::size_t>(thread)];
    const unsigned changes = newest ? changes_of(cell) : always_changed;
    const auto known = std::find_if(seen.begin(), seen.end(), [&](const Seen& s) { return s.cell == cell; });
    if (known == seen.end()) {
        seen.push_back({cell, changes});
    } else {
        known->changes = changes;
    }
}

void Waiting::changed(CellId cell) {
    if (cell >= changes_.size()) changes_.resize(cell + 1u);
    ++changes_[cell];
}

bool Waiting::may_go_on(int thread) const {
    const auto& seen = seen_[static_cast<std::size_t>(thread)];
    return seen.empty() || std::any_of(seen.begin(), seen.end(),
                                       [&](const Seen& s) { return s.changes != changes_of(s.cell); });
}

CellId Waiting::waits_for(int thread) const {
    const auto& seen = seen_[static_cast<std::size_t>(thread)];
    return seen.size() == 1 ? seen.front().cell : no_id;
}

bool Waiting::spins(int thread, const Operation& operation) {
    auto& streak = unchanging_[static_cast<std::size_t>(thread)];
    if (changes_something(operation)) {
        streak.steps = 0;
        return false;
    }
    constexpr std::uint32_t too_few = 16;  // a power of two; nearly every thread takes some
    if (streak.steps < too_few) {
        ++streak.steps;
        return false;
    }
    if ((streak.steps & (streak.steps - 1)) == 0) {
        streak.remembered = operation;
        streak.repeats = 0;
    } else if (is_same(streak.remembered, operation)) {
        ++streak.repeats;
    }
    ++streak.steps;
    return streak.repeats > repeats_max;
}

unsigned Waiting::next_round(int thread) {
    seen_[static_cast<std::size_t>(thread)].clear();
    return ++rounds_[static_cast<std::size_t>(thread)];
}

}  // namespace revenant::model::relacy
