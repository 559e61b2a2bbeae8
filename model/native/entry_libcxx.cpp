// libc++'s std::shared_ptr, std::weak_ptr and std::call_once.
//
// The orders are libc++'s: a new reference is counted relaxed, as whoever makes one has one; whoever gives up
// a reference releases, and the last acquires what all others did (acquire and release at once); weak_ptr's
// lock has no order given, which is sequential consistency. A weak reference that an acquire load finds to be
// the last is not counted down: nobody else is left who could look.
//
// Counting goes before main too, when nothing is explored: it is the program's own first call.
#include "model/native/entry_libcxx.hpp"

#include "model/native/machine.hpp"
#include "model/native/once.hpp"

namespace revenant::model::native {
namespace {

Atomics::Target count_at(long& count, std::uintptr_t place, bool result_is_used = true) {
    return {number_of(&count), sizeof count, place, nullptr, result_is_used};
}

WeakCount* lock(WeakCount* object, std::uintptr_t place) {
    constexpr auto order = std::memory_order::seq_cst;
    if (!machine().is_running()) return object->owners == -1 ? nullptr : (++object->owners, object);
    const auto count = count_at(object->owners, place);
    auto owners = atomics().load(count, order);
    while (static_cast<long>(owners) != -1) {
        if (atomics().compare_exchange(count, owners, owners + 1, order, order, false)) return object;
    }
    return nullptr;
}

void release_weak(WeakCount* object, std::uintptr_t place) {
    auto& weak = object->weak_owners;
    const auto left = machine().is_running()
                          ? atomics().load(count_at(weak, place), std::memory_order::acquire)
                          : static_cast<Value>(weak);
    if (left == 0 || drop_reference(weak, place)) object->call(SharedCount::on_zero_shared_weak);
}

}  // namespace

void add_reference(long& count, std::uintptr_t place) {
    if (machine().is_running()) {
        atomics().change(count_at(count, place, false), Change::add, 1, std::memory_order::relaxed);
    } else {
        ++count;
    }
}

bool drop_reference(long& count, std::uintptr_t place) {
    if (!machine().is_running()) return count-- == 0;
    return atomics().change(count_at(count, place), Change::sub, 1, std::memory_order::acq_rel) == 0;
}

bool release_shared(SharedCount& object, std::uintptr_t place) {
    const bool is_last = drop_reference(object.owners, place);
    if (is_last) object.call(SharedCount::on_zero_shared);
    return is_last;
}

REVENANT_IN_LIBCXX("14__shared_count12__add_sharedEv", void, count_add_shared, SharedCount* object) {
    add_reference(object->owners, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("14__shared_count16__release_sharedEv", bool, count_release, SharedCount* object) {
    return release_shared(*object, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("19__shared_weak_count12__add_sharedEv", void, add_shared, WeakCount* object) {
    add_reference(object->owners, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("19__shared_weak_count10__add_weakEv", void, add_weak, WeakCount* object) {
    add_reference(object->weak_owners, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("19__shared_weak_count16__release_sharedEv", void, release, WeakCount* object) {
    if (release_shared(*object, REVENANT_PLACE)) release_weak(object, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("19__shared_weak_count14__release_weakEv", void, weak_release, WeakCount* object) {
    release_weak(object, REVENANT_PLACE);
}
REVENANT_IN_LIBCXX("19__shared_weak_count4lockEv", WeakCount*, weak_lock, WeakCount* object) {
    return lock(object, REVENANT_PLACE);
}

// The program itself looks first whether the word says that it has been done: it is all ones then.
REVENANT_IN_LIBCXX("11__call_onceERVmPvPFvS2_E", void, once, volatile unsigned long& word, void* argument,
                   void (*function)(void*)) {
    constexpr auto done = ~0ul;
    if (!machine().is_running()) {
        if (word == done) return;
        function(argument);
        word = done;
        return;
    }
    const Once once(&word, REVENANT_PLACE, sizeof word, done);
    if (once.begin()) once.run([=] { function(argument); });
}

// The mutex behind atomic_load of a std::shared_ptr. libc++ 14 tries it sixteen times before it waits.
REVENANT_IN_LIBCXX("8__sp_mut4lockEv", void, pointer_lock, void** mutex) {
    if (machine().is_running())
        sync().lock(number_of(*mutex), Sync::MutexType::normal, REVENANT_PLACE, nullptr);
}
REVENANT_IN_LIBCXX("8__sp_mut6unlockEv", void, pointer_unlock, void** mutex) {
    if (machine().is_running()) sync().unlock(number_of(*mutex), Sync::MutexType::normal, REVENANT_PLACE);
}

}  // namespace revenant::model::native
