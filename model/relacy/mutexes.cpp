#include "model/relacy/mutexes.hpp"

#include <cstdio>
#include <cstdlib>

#include "model/relacy/foreign_calls.hpp"
#include "model/relacy/waitables.hpp"

namespace revenant::model::relacy::detail {
namespace {

cell_name tried(cell_name name) {
    name.role = cell_role::tried;
    return name;
}

void fail_if_held(CellId mutex) {
    if (recorder().blocking().is_held(mutex)) {
        fail({FindingKind::invariant, "no mutex is destroyed while it is held"});
    }
}

void fail_unless(bool holds) {
    if (!holds) fail({FindingKind::invariant, "a mutex is unlocked by the thread that holds it"});
}

}  // namespace

Waitable::Waitable(const cell_name& name) : id_(new_cell(this, name)) {
    static_assert(sizeof(Life) <= sizeof life_);
    ::new (life_) Life(1);
}

void Lockable::lock_again(CellId condition, source where) {
    auto operation = operation_on(OperationKind::wait, condition, where);
    auto needs = free_of(id_);
    needs.notified_by = condition;
    raise_if_due();
    recorder().announce(operation, {search::AccessKind::lock, id_, recorder().trace.cells[id_].block}, needs);
    operation = operation_on(OperationKind::lock, id_, where);
    when_able(operation, [&](const rl::debug_info&) { take(where); });
    recorder().locked(id_);
}

void take_together(source where, Lockable* const* first, std::size_t count) {
    Needs needs;
    for (std::size_t i = 0; i < count; ++i) {
        if (first[i]->is_had_again()) continue;
        if (needs.count == together_max) {
            std::fprintf(stderr, "revenant: more than %zu mutexes are locked at once\n", together_max);
            std::abort();
        }
        needs.free[needs.count++] = first[i]->id();
    }
    bool waits = needs.count != 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (first[i]->is_had_again()) {
            first[i]->lock(where);
            continue;
        }
        auto operation = operation_on(OperationKind::lock, first[i]->id(), where);
        raise_if_due();
        if (waits) {
            recorder().announce_together(operation, needs);
            when_able(operation, [&](const rl::debug_info&) { first[i]->take(where); });
        } else {  // a part of the same step
            recorder().announce(operation, search::Access{});
            fail_if_left_in_freed(operation);
            rl::ctx().disable_preemption();
            first[i]->take(where);
            rl::ctx().enable_preemption();
            step_done(operation);
        }
        waits = false;
        recorder().locked(first[i]->id());
    }
}

Mutex::Mutex(cell_name name) : Lockable(name) {
    static_assert(sizeof(rl::mutex) <= sizeof mutex_);
    ::new (mutex_) rl::mutex();
}

Mutex::~Mutex() {
    end_life(id_, life_, [&] { std::destroy_at(&as<rl::mutex>(mutex_)); });
}

void Mutex::take(source where) {
    static_cast<void>(as<Life>(life_)(here(where)).load());
    as<rl::mutex>(mutex_).lock(here(where));
}

void Mutex::lock(source where) {
    auto operation = operation_on(OperationKind::lock, id_, where);
    atomically(operation, [&](const rl::debug_info&) { take(where); });
    recorder().locked(id_);
}

bool Mutex::try_lock(source where) {
    if (!recorder().tells_unlocks(id_)) {
        refuse_in_modelled_code("try_lock of a mutex that has not the role cell_role::tried");
    }
    auto operation = operation_on(OperationKind::try_lock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        const int holder = recorder().blocking().holder(id_);
        operation.failed = holder >= 0 && holder != this_thread();
        if (operation.failed) {
            static_cast<void>(as<Life>(life_)(info).load());
        } else {
            take(where);  // not Relacy's own try, which may fail by itself
        }
    });
    if (!operation.failed) recorder().locked(id_);
    return !operation.failed;
}

void Mutex::unlock(source where) {
    auto operation = operation_on(OperationKind::unlock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        as<rl::mutex>(mutex_).unlock(info);
    });
    recorder().unlocked(id_);
}

RecursiveMutex::RecursiveMutex(cell_name name) : Lockable(tried(name)) {}
RecursiveMutex::~RecursiveMutex() {
    end_life(id_, life_, [&] { fail_if_held(id_); });
}

bool RecursiveMutex::is_had_again() const { return recorder().blocking().holder(id_) == this_thread(); }

void RecursiveMutex::take(source where) {
    static_cast<void>(as<Life>(life_)(here(where)).load());
    acquire(released_);
}

// Nobody else can tell that the thread has it once more, or once less.
void RecursiveMutex::have_again(OperationKind kind, source where) {
    auto operation = operation_on(kind, id_, where);
    raise_if_due();
    recorder().announce(operation, search::Access{});
    fail_if_left_in_freed(operation);
    static_cast<void>(as<Life>(life_)(here(where)).load());
    step_done(operation);
    fail_if_endless();
}

void RecursiveMutex::lock(source where) {
    if (is_had_again()) {
        have_again(OperationKind::lock, where);
    } else {
        auto operation = operation_on(OperationKind::lock, id_, where);
        when_able(operation, free_of(id_), [&](const rl::debug_info&) { take(where); });
    }
    recorder().locked(id_);
}

bool RecursiveMutex::try_lock(source where) {
    if (is_had_again()) {
        have_again(OperationKind::try_lock, where);
        recorder().locked(id_);
        return true;
    }
    auto operation = operation_on(OperationKind::try_lock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        operation.failed = !recorder().blocking().is_free(id_, false);
        if (operation.failed) {
            static_cast<void>(as<Life>(life_)(info).load());
        } else {
            take(where);
        }
    });
    if (!operation.failed) recorder().locked(id_);
    return !operation.failed;
}

void RecursiveMutex::unlock(source where) {
    const auto depth = recorder().blocking().depth(id_, this_thread());
    if (depth > 1) {
        have_again(OperationKind::unlock, where);
        recorder().unlocked_once(id_);
        return;
    }
    auto operation = operation_on(OperationKind::unlock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        fail_unless(depth == 1);
        static_cast<void>(as<Life>(life_)(info).load());
        release(released_);
    });
    recorder().unlocked(id_);
}

SharedMutex::SharedMutex(cell_name name) : Lockable(tried(name)) {}
SharedMutex::~SharedMutex() {
    end_life(id_, life_, [&] { fail_if_held(id_); });
}

void SharedMutex::take(source where) {
    static_cast<void>(as<Life>(life_)(here(where)).load());
    acquire(released_);
    acquire(shares_released_);
}

void SharedMutex::lock(source where) {
    auto operation = operation_on(OperationKind::lock, id_, where);
    when_able(operation, free_of(id_), [&](const rl::debug_info&) { take(where); });
    recorder().locked(id_);
}

bool SharedMutex::try_lock(source where) {
    auto operation = operation_on(OperationKind::try_lock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        operation.failed = !recorder().blocking().is_free(id_, false);
        if (operation.failed) {
            static_cast<void>(as<Life>(life_)(info).load());
        } else {
            take(where);
        }
    });
    if (!operation.failed) recorder().locked(id_);
    return !operation.failed;
}

void SharedMutex::unlock(source where) {
    auto operation = operation_on(OperationKind::unlock, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        fail_unless(recorder().blocking().holder(id_) == this_thread());
        static_cast<void>(as<Life>(life_)(info).load());
        release(released_);
    });
    recorder().unlocked(id_);
}

void SharedMutex::lock_shared(source where) {
    auto operation = operation_on(OperationKind::lock_shared, id_, where);
    when_able(operation, free_of(id_, true), [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        acquire(released_);
    });
    recorder().blocking().take_share(id_, this_thread());
}

bool SharedMutex::try_lock_shared(source where) {
    auto operation = operation_on(OperationKind::try_lock_shared, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        operation.failed = !recorder().blocking().is_free(id_, true);
        if (!operation.failed) acquire(released_);
    });
    if (!operation.failed) recorder().blocking().take_share(id_, this_thread());
    return !operation.failed;
}

void SharedMutex::unlock_shared(source where) {
    auto operation = operation_on(OperationKind::unlock_shared, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        fail_unless(recorder().blocking().shares(id_, this_thread()) != 0);
        static_cast<void>(as<Life>(life_)(info).load());
        release(shares_released_);
    });
    recorder().blocking().give_share_back(id_, this_thread());
}

}  // namespace revenant::model::relacy::detail
