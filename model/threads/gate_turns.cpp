#include "model/threads/gate_turns.hpp"

namespace revenant::model::threads::gate {
namespace {

constexpr unsigned steps_of_a_thread = 24;  // about as many as a scenario's have: where priorities may fall

}  // namespace

std::uint64_t next_random(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void GateTurns::begin(unsigned count, unsigned depth, std::uint64_t seed) {
    size_ = static_cast<int>(count);
    depth_ = depth;
    random_ = seed;
    held.clear();
    turn_of_waiters_ = 0;
    for (int i = 0; i < size_; ++i) {
        all_[i].state = State::outside;
        all_[i].go = 0;
        all_[i].locking = 0;
        all_[i].objects = 0;
        all_[i].asleep_on = 0;
        all_[i].others = 0;
        all_[i].priority = depth + static_cast<unsigned>(next_random(random_) % 0xffffu);
    }
    for (unsigned& at : change_at_) {
        at = 1 + static_cast<unsigned>(next_random(random_) % (steps_of_a_thread * count));
    }
}

bool GateTurns::waits(const Thread& thread) const {
    if (thread.asleep_on != 0 && held.sleeps(thread.asleep_on, number_of(thread))) return true;
    switch (thread.kind) {
        case OperationKind::lock_shared: return held.has_holder(thread.at);
        case OperationKind::lock:
        case OperationKind::call_once:
        case OperationKind::wait_for_latch: break;
        default: return false;
    }
    if (held.is_held(thread.at)) return true;
    for (int i = 0; i < thread.others; ++i) {
        if (held.is_held(thread.also[i])) return true;
    }
    return false;
}

bool GateTurns::takes(const Thread& thread) {
    switch (thread.kind) {
        case OperationKind::lock_shared: return held.share(thread.at);
        case OperationKind::lock:
        case OperationKind::call_once: break;
        default: return true;
    }
    if (!held.hold(thread.at)) return false;
    for (int i = 0; i < thread.others; ++i) {
        if (!held.hold(thread.also[i])) return false;
    }
    return true;
}

bool GateTurns::is_able(const Thread& thread) const {
    return thread.state == State::at_begin || (thread.state == State::announced && !waits(thread));
}

bool GateTurns::yields(const Thread& thread) const {
    if (thread.state != State::announced) return false;
    return thread.kind == OperationKind::yield ||
           (thread.kind == OperationKind::end_wait && held.sleeps(thread.at, number_of(thread)));
}

int GateTurns::others_first(int last) {
    for (int i = 0; i < size_; ++i) {
        if (i != last && is_able(all_[i]) && !yields(all_[i])) return i;
    }
    if (is_able(all_[last]) && !yields(all_[last])) return last;
    for (int i = 0; i < size_; ++i) {
        const int waiter = (turn_of_waiters_ + i) % size_;
        if (!is_able(all_[waiter])) continue;
        turn_of_waiters_ = (waiter + 1) % size_;
        return waiter;
    }
    return -1;
}

int GateTurns::by_priority(int last, unsigned step) {
    for (unsigned i = 0; i + 1 < depth_ && i < changes_max; ++i) {
        if (change_at_[i] == step) all_[last].priority = depth_ - 1 - i;
    }
    int best = -1;
    for (int i = 0; i < size_; ++i) {
        if (is_able(all_[i]) && (best < 0 || all_[i].priority > all_[best].priority)) best = i;
    }
    if (best < 0 || !yields(all_[best])) return best;
    all_[best].priority = 0;  // it waits for another thread: all of them go first
    return others_first(best);
}

int GateTurns::at_random() {
    unsigned able = 0;
    for (int i = 0; i < size_; ++i) able += is_able(all_[i]) ? 1 : 0;
    if (able == 0) return -1;
    auto nth = next_random(random_) % able;
    for (int i = 0;; ++i) {
        if (is_able(all_[i]) && nth-- == 0) return i;
    }
}

int GateTurns::below(int count) {
    return static_cast<int>(next_random(random_) % static_cast<unsigned>(count));
}

}  // namespace revenant::model::threads::gate
