// POSIX mutexes and spin locks.
#include <pthread.h>

#include <cerrno>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

bool runs() { return machine().is_running(); }
bool explores() { return machine().is_exploring(); }

Sync::MutexType type_of(const pthread_mutex_t* mutex) {
    switch (mutex->__data.__kind & 3) {
        case PTHREAD_MUTEX_RECURSIVE: return Sync::MutexType::recursive;
        case PTHREAD_MUTEX_ERRORCHECK: return Sync::MutexType::checked;
        default: return Sync::MutexType::normal;
    }
}

// As libc has it. Memory that another mutex is in later has been written by then.
constexpr int destroyed = -1;

void check_not_destroyed(const pthread_mutex_t* mutex) {
    if (mutex->__data.__kind != destroyed) return;
    machine().fail(
        {FindingKind::invariant, "no mutex is used after it is destroyed", number_of(mutex), 1, -1});
}

bool is_held_by_itself(const pthread_mutex_t* mutex) {
    return type_of(mutex) == Sync::MutexType::checked && machine().runs() &&
           sync().mutex(number_of(mutex)).holder == machine().current();
}

int lock_until(pthread_mutex_t* mutex, const timespec* time, std::uintptr_t place) {
    if (!machine().runs()) return 0;
    check_not_destroyed(mutex);
    if (is_held_by_itself(mutex)) return EDEADLK;
    if (!is_time(time)) {  // as in libc, which asks only if it has to wait
        return sync().try_lock(number_of(mutex), type_of(mutex), place, nullptr) ? 0 : EINVAL;
    }
    return sync().lock_until(number_of(mutex), type_of(mutex), deadline_at(time), place) ? 0 : ETIMEDOUT;
}

// Whoever has taken it before, or takes it at the same time, has taken what was not there yet.
void initialise(std::uintptr_t mutex, std::uintptr_t place) {
    machine().access(mutex, 1, true, place);
    sync().mutex(mutex) = {};
}

}  // namespace

REVENANT_EXPORT int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
    const int status = next_function<decltype(pthread_mutex_init)>("pthread_mutex_init")(mutex, attributes);
    if (explores()) initialise(number_of(mutex), REVENANT_PLACE);
    return status;
}
REVENANT_EXPORT int pthread_mutex_destroy(pthread_mutex_t* mutex) {
    if (!runs()) return 0;
    check_not_destroyed(mutex);
    if (explores()) sync().forget_mutex(number_of(mutex), REVENANT_PLACE);
    mutex->__data.__kind = destroyed;
    return 0;
}
REVENANT_EXPORT int pthread_mutex_lock(pthread_mutex_t* mutex) {
    if (!runs()) return 0;
    check_not_destroyed(mutex);
    if (is_held_by_itself(mutex)) return EDEADLK;
    sync().lock(number_of(mutex), type_of(mutex), REVENANT_PLACE, REVENANT_FRAME);
    return 0;
}
REVENANT_EXPORT int pthread_mutex_trylock(pthread_mutex_t* mutex) {
    if (!runs()) return 0;
    check_not_destroyed(mutex);
    return sync().try_lock(number_of(mutex), type_of(mutex), REVENANT_PLACE, REVENANT_FRAME) ? 0 : EBUSY;
}
REVENANT_EXPORT int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* time) {
    return lock_until(mutex, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t, const timespec* time) {
    return lock_until(mutex, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_mutex_unlock(pthread_mutex_t* mutex) {
    if (!runs()) return 0;
    check_not_destroyed(mutex);
    return sync().unlock(number_of(mutex), type_of(mutex), REVENANT_PLACE) ? 0 : EPERM;
}

REVENANT_EXPORT int pthread_spin_init(pthread_spinlock_t* lock, int) {
    *lock = 1;  // free, as libc has it
    if (explores()) initialise(number_of(lock), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_spin_destroy(pthread_spinlock_t* lock) {
    if (explores()) sync().forget_mutex(number_of(lock), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_spin_lock(pthread_spinlock_t* lock) {
    if (runs()) {
        sync().lock(number_of(lock), Sync::MutexType::normal, REVENANT_PLACE, REVENANT_FRAME);
    }
    return 0;
}
REVENANT_EXPORT int pthread_spin_trylock(pthread_spinlock_t* lock) {
    if (!runs()) return 0;
    constexpr auto normal = Sync::MutexType::normal;
    return sync().try_lock(number_of(lock), normal, REVENANT_PLACE, REVENANT_FRAME) ? 0 : EBUSY;
}
REVENANT_EXPORT int pthread_spin_unlock(pthread_spinlock_t* lock) {
    if (runs()) sync().unlock(number_of(lock), Sync::MutexType::normal, REVENANT_PLACE);
    return 0;
}

}  // namespace revenant::model::native
