#include "model/threads/gate_held.hpp"

namespace revenant::model::threads::gate {

void GateHeld::clear() { size_ = sleeping_ = 0; }

int GateHeld::find(Hidden mutex) const {
    for (int i = 0; i < size_; ++i) {
        if (held_[i].mutex == mutex) return i;
    }
    return -1;
}

void GateHeld::remove(int i) {
    --size_;
    held_[i].mutex = held_[size_].mutex;
    held_[i].shares = held_[size_].shares;
}

bool GateHeld::has_holder(Hidden mutex) const {
    const int i = find(mutex);
    return i >= 0 && held_[i].shares == 0;
}

bool GateHeld::is_held(Hidden mutex) const { return find(mutex) >= 0; }

bool GateHeld::hold(Hidden mutex) {
    if (size_ == held_max) return false;
    held_[size_].mutex = mutex;
    held_[size_++].shares = 0;
    return true;
}

bool GateHeld::share(Hidden mutex, int parts) {
    int i = find(mutex);
    if (i < 0) {
        if (!hold(mutex)) return false;
        i = size_ - 1;
    }
    held_[i].shares += parts;
    return true;
}

void GateHeld::give_back(Hidden mutex) {
    const int i = find(mutex);
    if (i >= 0) remove(i);
}

void GateHeld::give_share_back(Hidden mutex, int parts) {
    const int i = find(mutex);
    if (i >= 0 && (held_[i].shares -= parts) <= 0) remove(i);
}

bool GateHeld::sleep(Hidden condition, int thread) {
    if (sleeping_ == held_max) return false;
    sleepers_[sleeping_].condition = condition;
    sleepers_[sleeping_++].thread = thread;
    return true;
}

bool GateHeld::sleeps(Hidden condition, int thread) const {
    for (int i = 0; i < sleeping_; ++i) {
        if (sleepers_[i].condition == condition && sleepers_[i].thread == thread) return true;
    }
    return false;
}

void GateHeld::wake(Hidden condition, int thread) {
    int kept = 0;
    for (int i = 0; i < sleeping_; ++i) {
        if (sleepers_[i].condition == condition && sleepers_[i].thread == thread) continue;
        sleepers_[kept].condition = sleepers_[i].condition;
        sleepers_[kept++].thread = sleepers_[i].thread;
    }
    sleeping_ = kept;
}

int GateHeld::sleepers(Hidden condition) const {
    int count = 0;
    for (int i = 0; i < sleeping_; ++i) count += sleepers_[i].condition == condition ? 1 : 0;
    return count;
}

int GateHeld::sleeper(Hidden condition, int n) const {
    for (int i = 0; i < sleeping_; ++i) {
        if (sleepers_[i].condition == condition && n-- == 0) return sleepers_[i].thread;
    }
    return -1;
}

void GateHeld::freed(Hidden begin, std::size_t size) {
    for (int i = size_; i-- > 0;) {
        if (begin - held_[i].mutex < size) remove(i);  // turned round, addresses count down
    }
}

}  // namespace revenant::model::threads::gate
