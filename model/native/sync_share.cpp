// The part of Sync that is about read-write locks.
//
// No step waits to be able: a thread asks, and if it cannot have the lock it goes to sleep until whoever
// gives it back hands it over, to one of the writers that wait or to all readers. That a third one could have
// come between is the same as the sleeper asking later, which is explored as well.
#include <algorithm>
#include <cerrno>

#include "model/native/spin_wait.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

Access write_to(CellId cell) { return {AccessKind::write, cell, no_id}; }

}  // namespace

Sync::ShareLock& Sync::share(std::uintptr_t lock) {
    const auto number = machine().objects.number(lock, ObjectKind::rwlock);
    if (number >= shares_.size()) shares_.resize(number + std::size_t{16});
    return shares_[number];
}

void Sync::share_taken(ShareLock& lock, int thread, Share share) {
    auto& happened = machine().thread(thread).happened;
    happened.join(lock.released_by_writers);
    if (share == Share::writes) {
        lock.writer = thread;
        happened.join(lock.released_by_readers);
    } else {
        ++lock.reads[static_cast<std::size_t>(thread)];
        ++lock.readers;
    }
}

int Sync::share_lock(std::uintptr_t address, Share kind, Nanoseconds deadline, std::uintptr_t place,
                     const void* frame) {
    auto& all = machine();
    all.access(address, 1, false, place);
    const auto cell = all.objects.number(address, ObjectKind::rwlock);
    if (deadline == 0) wait_if_spinning({place, cell, static_cast<Value>(kind)}, frame, Repeated::no);
    all.announce(OperationKind::lock, write_to(cell), address, place);
    all.access(address, 1, false, place);
    auto& lock = share(address);
    const bool has_it = lock.writer == all.current();
    const bool is_free = lock.writer == nobody && (kind == Share::reads || lock.readers == 0);
    const bool is_in_vain = !is_free && deadline == 0;
    if (is_in_vain) {
        spin().saw(all.current(), {cell, lock.releases, Spin::Seen::held});
    } else {
        spin().changed(all.current());
    }
    if (is_free) share_taken(lock, all.current(), kind);
    all.take(is_in_vain ? on(AccessKind::read, cell) : write_to(cell));
    const auto taking = kind == Share::reads ? OperationKind::lock_shared : OperationKind::lock;
    if (is_free) {
        noted(taking, "", address, ObjectKind::rwlock, place);
        return 0;
    }
    if (deadline == 0 || has_it) {
        tried_in_vain(address, ObjectKind::rwlock, place);
        return has_it && deadline != 0 ? EDEADLK : EBUSY;
    }
    noted(OperationKind::yield, "wait", address, ObjectKind::rwlock, place);
    all.self().woken = false;
    lock.waiting.emplace_back(all.current(), kind);
    if (!wait_in(address, ObjectKind::rwlock, deadline, place)) {
        std::erase(share(address).waiting, std::pair{all.current(), kind});
        return ETIMEDOUT;
    }
    noted(taking, "", address, ObjectKind::rwlock, place);
    return 0;
}

// The lock is free: it goes to one of the writers that wait for it, or to all of the readers.
void Sync::share_handed_over(ShareLock& lock) {
    if (lock.waiting.empty()) return;
    std::vector<std::pair<int, Share>> first;  // of those who come next, one for all readers
    for (const auto& one : lock.waiting) {
        const bool is_other_reader =
            one.second == Share::reads &&
            std::any_of(first.begin(), first.end(), [](const auto& f) { return f.second == Share::reads; });
        if (!is_other_reader) first.push_back(one);
    }
    const auto next = first[machine().choose(ChoiceKind::wake, static_cast<unsigned>(first.size()))];
    const auto goes = [&](const auto& one) {
        return next.second == Share::reads ? one.second == Share::reads : one == next;
    };
    for (const auto& one : lock.waiting) {
        if (goes(one)) share_taken(lock, one.first, one.second);
    }
}

void Sync::share_unlock(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, false, place);
    const auto cell = all.objects.number(address, ObjectKind::rwlock);
    all.announce(OperationKind::unlock, write_to(cell), address, place);
    spin().changed(all.current());
    auto& lock = share(address);
    auto& reads = lock.reads[static_cast<std::size_t>(all.current())];
    if (lock.writer != all.current() && reads == 0) {
        all.fail({FindingKind::invariant, "a read-write lock is unlocked by a thread that holds it", address,
                  1, -1});
    }
    const auto giving_back =
        lock.writer == all.current() ? OperationKind::unlock : OperationKind::unlock_shared;
    if (lock.writer == all.current()) {
        lock.writer = nobody;
        lock.released_by_writers = all.self().happened;
    } else {
        --reads;
        --lock.readers;
        lock.released_by_readers.join(all.self().happened);
    }
    ++lock.releases;
    const bool is_free = lock.writer == nobody && lock.readers == 0;
    if (is_free) share_handed_over(lock);
    all.take(write_to(cell));
    noted(giving_back, "", address, ObjectKind::rwlock, place);
    const auto has_it = [&](const auto& one) {
        return one.second == Share::reads ? lock.reads[static_cast<std::size_t>(one.first)] != 0
                                          : lock.writer == one.first;
    };
    const auto asleep = lock.waiting;
    for (const auto& one : asleep) {
        if (!is_free || !has_it(one)) continue;
        std::erase(lock.waiting, one);
        go_on(one.first);
    }
}

void Sync::share_destroy(std::uintptr_t address, std::uintptr_t place) {
    auto& all = machine();
    all.access(address, 1, true, place);
    auto& lock = share(address);
    if (lock.writer != nobody || lock.readers != 0) {
        all.fail(
            {FindingKind::invariant, "no read-write lock is destroyed while it is held", address, 1, -1});
    }
    const auto releases = lock.releases + 1;
    lock = {};
    lock.releases = releases;
}

}  // namespace revenant::model::native
