#include "model/native/sync.hpp"

#include "model/native/recorder.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

template <class T>
T& at(std::vector<T>& table, std::size_t index) {
    if (index >= table.size()) table.resize(index + 64);
    return table[index];
}

bool is_free(const Thread& thread) { return sync().mutex(thread.object).holder == nobody; }

Access on(AccessKind kind, CellId cell) { return {kind, cell, no_id}; }

}  // namespace

Sync& sync() {
    static Sync& instance = *new Sync;
    return instance;
}

void Sync::begin() {
    mutexes_.assign(mutexes_.size(), {});
    for (auto& queue : queues_) queue = {};
    keys_.clear();
    key_values_.clear();
}

Sync::Mutex& Sync::mutex(std::uintptr_t address) {
    return at(mutexes_, machine().objects.number(address, ObjectKind::mutex));
}

Sync::Queue& Sync::queue(std::uintptr_t address, ObjectKind kind) {
    return at(queues_, machine().objects.number(address, kind));
}

void Sync::acquired(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    auto& taken = mutex(address);
    taken.holder = all.current();
    taken.depth = 1;
    all.self().happened.join(taken.released);
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::lock, "", address, ObjectKind::mutex, place);
    }
}

void Sync::lock(std::uintptr_t address, MutexType type, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, false, place);
    if (type == MutexType::recursive && mutex(address).holder == all.current()) {
        ++mutex(address).depth;
        return;
    }
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    all.announce(OperationKind::lock, on(AccessKind::lock, cell), address, place, is_free);
    all.access(address, 1, false, place);
    all.take(on(AccessKind::lock, cell));
    acquired(address, place);
}

bool Sync::try_lock(std::uintptr_t address, MutexType type, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, false, place);
    if (type == MutexType::recursive && mutex(address).holder == all.current()) {
        ++mutex(address).depth;
        return true;
    }
    if (!unlocks_are_visible) all.not_modelled("pthread_mutex_trylock in a library");
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    all.announce(OperationKind::lock, on(AccessKind::try_lock, cell), address, place);
    all.access(address, 1, false, place);
    const bool takes = mutex(address).holder == nobody;
    all.take(on(takes ? AccessKind::try_lock : AccessKind::try_failed, cell));
    if (takes) {
        acquired(address, place);
    } else if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::lock, "try_lock failed", address, ObjectKind::mutex, place);
    }
    return takes;
}

void Sync::release(std::uintptr_t address) {
    auto& all = machine();
    auto& held = mutex(address);
    held.holder = nobody;
    held.depth = 0;
    held.released = all.self().happened;
    all.tick();
    all.strategy->execution.release(all.current(), all.objects.number(address, ObjectKind::mutex));
}

void Sync::unlock(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, false, place);
    if (mutex(address).holder != all.current()) {
        if (all.recorder != nullptr) {
            all.recorder->noted(OperationKind::unlock, "", address, ObjectKind::mutex, place);
        }
        all.fail({FindingKind::invariant, "a mutex is unlocked by the thread that holds it", address, 1, -1});
    }
    if (mutex(address).depth > 1) {
        --mutex(address).depth;
        return;
    }
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    if (unlocks_are_visible) {
        all.announce(OperationKind::unlock, on(AccessKind::unlock, cell), address, place);
        all.take(on(AccessKind::unlock, cell));
    }
    release(address);
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::unlock, "", address, ObjectKind::mutex, place);
    }
}

void Sync::forget_mutex(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, true, place);
    if (mutex(address).holder != nobody) {
        all.fail({FindingKind::invariant, "no mutex is destroyed while it is held", address, 1, -1});
    }
    mutex(address) = {};
}

unsigned Sync::make_key(void (*destroy)(void*)) {
    keys_.push_back(destroy);
    return first_key + static_cast<unsigned>(keys_.size()) - 1;
}

void*& Sync::key_value(unsigned key) { return key_values_[{machine().current(), key}]; }

void Sync::run_key_destructors(int thread) {
    for (unsigned i = 0; i < keys_.size(); ++i) {
        const auto found = key_values_.find({thread, first_key + i});
        if (found == key_values_.end() || found->second == nullptr || keys_[i] == nullptr) continue;
        auto* const value = found->second;
        found->second = nullptr;
        keys_[i](value);
    }
}

}  // namespace revenant::model::native
