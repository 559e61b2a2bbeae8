#include "model/native/sync.hpp"

#include <algorithm>

#include "model/native/atomics.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin_wait.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

template <class T>
T& at(std::vector<T>& table, std::size_t index) {
    if (index >= table.size()) table.resize(index + 64);
    return table[index];
}

// It must be there, and have been made. The lock of what is done once has no bytes of its own: see once.hpp.
void use_mutex(std::uintptr_t address, std::uintptr_t place) {
    if ((address & 1) == 0) machine().access(address, 1, false, place);
}

// What the execution before has used.
template <class T>
void forget_used(std::vector<T>& table) {
    const auto used = std::min(machine().objects.all().size(), table.size());
    std::fill_n(table.begin(), used, T{});
}

// The step that is announced is on the mutex.
bool mutex_is_free(const Thread& thread) { return sync().known_mutex(thread.access.cell).holder == nobody; }

}  // namespace

constinit Everlasting<Sync> the_sync;

void Sync::begin() {
    forget_used(mutexes_);
    forget_all_but_mutexes();
    notes_ = false;
    marks_.clear();
    mutexes_before_.clear();
}

void Sync::noted(OperationKind kind, const char* verb, std::uintptr_t address, ObjectKind object,
                 std::uintptr_t place) {
    auto* const recorder = machine().recorder;
    if (recorder != nullptr) recorder->noted(kind, verb, address, object, place);
}

void Sync::tried_in_vain(std::uintptr_t address, ObjectKind object, std::uintptr_t place) {
    auto* const recorder = machine().recorder;
    if (recorder != nullptr) recorder->tried_in_vain(address, object, place);
}

void Sync::forget_all_but_mutexes() {
    forget_used(queues_);
    forget_used(shares_);
    keys_ = keys_kept_;
    key_values_ = key_values_kept_;
}

void Sync::save(std::size_t checkpoint) {
    ++moment_;
    notes_ = true;
    marks_.add(checkpoint) = mutexes_before_.size();
}

void Sync::resume(std::size_t checkpoint) {
    ++moment_;
    forget_all_but_mutexes();
    mutexes_before_.roll_back(marks_[checkpoint],
                              [&](std::size_t cell, const Mutex& before) { mutexes_[cell] = before; });
}

Sync::Mutex& Sync::mutex(std::uintptr_t address) {
    const auto cell = machine().objects.number(address, ObjectKind::mutex);
    auto& found = at(mutexes_, cell);
    if (notes_ && found.noted != moment_) {
        mutexes_before_.note(cell, found);
        found.noted = moment_;
    }
    return found;
}

Sync::Queue& Sync::queue(std::uintptr_t address, ObjectKind kind) {
    return at(queues_, machine().objects.number(address, kind));
}

std::uint32_t Sync::changes_of(CellId cell, int thread) const {
    const auto& mutex = mutexes_[cell];
    return mutex.changes_of_all - mutex.changes[static_cast<std::size_t>(thread)];
}

// The thread has written what the mutex guards, or has found it held.
void Sync::count_change(Mutex& of) {
    ++of.changes[static_cast<std::size_t>(machine().current())];
    ++of.changes_of_all;
}

void Sync::acquired(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    auto& taken = mutex(address);
    taken.holder = all.current();
    taken.depth = 1;
    spin().settle(all.current());
    taken.writes_before = spin().writes_of(all.current());
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    taken.taken = spin().takes(all.current(), cell);
    spin().saw(all.current(), {cell, changes_of(cell, all.current())});
    all.self().happened.join(taken.released);
    noted(OperationKind::lock, "", address, ObjectKind::mutex, place);
}

void Sync::lock(std::uintptr_t address, MutexType type, std::uintptr_t place, const void* frame) {
    auto& all = machine();
    const auto repeated = all.repeat(place, frame);
    if (repeated == Repeated::answered) return;
    if (repeated == Repeated::no) {
        use_mutex(address, place);
        if (holds_again(address, type)) return all.returns(place);
    }
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    if (repeated != Repeated::at_step) {
        wait_if_spinning({place, cell}, frame, repeated);
        all.announce(OperationKind::lock, on(AccessKind::lock, cell), address, place, mutex_is_free);
    }
    use_mutex(address, place);
    all.take(on(AccessKind::lock, cell));
    acquired(address, place);
    all.returns(place);
}

// A recursive mutex that the thread has is its once more.
bool Sync::holds_again(std::uintptr_t address, MutexType type) {
    auto& known = mutex(address);
    if (type != MutexType::recursive || known.holder != machine().current()) return false;
    ++known.depth;
    spin().takes(machine().current(), machine().objects.number(address, ObjectKind::mutex));
    return true;
}

// A step on a mutex that the thread could not wait for, in this way: by a try, or until its time is out.
void Sync::mutex_taken(std::uintptr_t address, bool takes, std::uintptr_t place) {
    if (takes) {
        acquired(address, place);
    } else {
        tried_in_vain(address, ObjectKind::mutex, place);
    }
}

bool Sync::try_lock(std::uintptr_t address, MutexType type, std::uintptr_t place, const void* frame) {
    auto& all = machine();
    const auto repeated = all.repeat(place, frame);
    if (repeated == Repeated::answered) return all.answer().value != 0;
    if (repeated == Repeated::no) {
        all.access(address, 1, false, place);
        if (holds_again(address, type)) {
            all.returns(place, 1);
            return true;
        }
    }
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    if (repeated != Repeated::at_step) {
        wait_if_spinning({place, cell}, frame, repeated);
        all.announce(OperationKind::lock, on(AccessKind::try_lock, cell), address, place);
    }
    all.access(address, 1, false, place);
    const bool takes = mutex(address).holder == nobody;
    if (!takes) spin().saw(all.current(), {cell, releases_of(cell), Spin::Seen::held});
    if (!takes) count_change(mutex(address));
    all.take(on(takes ? AccessKind::try_lock : AccessKind::try_failed, cell));
    mutex_taken(address, takes, place);
    all.returns(place, takes ? 1 : 0);
    return takes;
}

// Until its time may be out, a thread waits as any other does; then, it is one that tries.
bool Sync::lock_until(std::uintptr_t address, MutexType type, Nanoseconds deadline, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, false, place);
    if (holds_again(address, type)) return true;
    auto& own = all.self();
    own.deadline = deadline;
    own.timed_out = false;
    static_cast<void>(mutex(address));  // mutex_is_free knows it from here on
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    const auto kind = Machine::time_may_be_out(own) ? AccessKind::try_lock : AccessKind::lock;
    all.announce(
        OperationKind::lock, on(kind, cell), address, place,
        [](const Thread& thread) { return mutex_is_free(thread) || Machine::time_may_be_out(thread); }, true);
    all.access(address, 1, false, place);
    const bool takes = mutex(address).holder == nobody;
    if (!takes) {
        all.time_is_out();
        count_change(mutex(address));
    }
    all.take(on(takes ? kind : AccessKind::try_failed, cell));
    mutex_taken(address, takes, place);
    return takes;
}

void Sync::release(std::uintptr_t address) {
    auto& all = machine();
    auto& held = mutex(address);
    held.holder = nobody;
    held.depth = 0;
    ++held.releases;
    held.released = all.self().happened;
    spin().settle(all.current());
    if (spin().writes_of(all.current()) != held.writes_before) count_change(held);
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    spin().gives_back(all.current(), cell, held.taken, true);
    all.hand_time_on(cell, AccessKind::unlock);
    all.tick();
    all.strategy->execution.release(all.current(), cell);
}

bool Sync::unlock(std::uintptr_t address, MutexType type, std::uintptr_t place) {
    auto& all = machine();
    const auto repeated = all.repeat(place);
    if (repeated == Repeated::answered) return all.answer().value != 0;
    if (repeated == Repeated::no && !begins_to_unlock(address, type, place)) {
        const bool is_held = mutex(address).holder == all.current();
        all.returns(place, is_held ? 1 : 0);
        return is_held;
    }
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    all.take(on(AccessKind::unlock, cell));
    release(address);
    noted(OperationKind::unlock, "", address, ObjectKind::mutex, place);
    all.returns(place, 1);
    return true;
}

// Whether there is a step to take: the thread gives the mutex back.
bool Sync::begins_to_unlock(std::uintptr_t address, MutexType type, std::uintptr_t place) {
    auto& all = machine();
    use_mutex(address, place);
    if (mutex(address).holder != all.current()) {
        if (type == MutexType::checked) return false;
        noted(OperationKind::unlock, "", address, ObjectKind::mutex, place);
        all.fail({FindingKind::invariant, "a mutex is unlocked by the thread that holds it", address, 1, -1});
    }
    if (mutex(address).depth > 1) {
        --mutex(address).depth;
        spin().gives_back(all.current(), all.objects.number(address, ObjectKind::mutex), 0, false);
        return false;
    }
    const auto cell = all.objects.number(address, ObjectKind::mutex);
    all.announce(OperationKind::unlock, on(AccessKind::unlock, cell), address, place);
    return true;
}

void Sync::forget_mutex(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, true, place);
    if (mutex(address).holder != nobody) {
        all.fail({FindingKind::invariant, no_held_mutex_dies, address, 1, -1});
    }
    mutex(address) = {};
}

std::uintptr_t Sync::held_within(std::uintptr_t address, std::size_t size, int thread) const {
    if (size < sizeof(pthread_mutex_t)) return 0;
    const auto is_it = [&](int holder) { return holder != nobody && (thread == nobody || holder == thread); };
    const auto& objects = machine().objects.all();
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (objects[i].address - address >= size) continue;
        const bool is_mutex = i < mutexes_.size() && objects[i].kind == ObjectKind::mutex;
        if (is_mutex && is_it(mutexes_[i].holder)) return objects[i].address;
        if (i >= shares_.size() || objects[i].kind != ObjectKind::rwlock) continue;
        const auto& lock = shares_[i];
        const auto reads = thread == nobody ? lock.readers : lock.reads[static_cast<std::size_t>(thread)];
        if (is_it(lock.writer) || reads != 0) return objects[i].address;
    }
    return 0;
}

}  // namespace revenant::model::native
