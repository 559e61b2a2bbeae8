// POSIX read-write locks: std::shared_mutex.
#include <pthread.h>

#include <cerrno>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

// That of LLVM's libunwind, around what it knows of the program's code, is the process's: no thread of the
// program's waits for it, as none has another one's turn while it unwinds. This library itself takes none:
// what seems to be called from here is the last call of a function that was called from here, a destructor
// of pthread_key_create's say.
bool runs(std::uintptr_t place) {
    return (is_own_code(place) || !is_code_of_the_process(place)) && machine().runs();
}

int lock(pthread_rwlock_t* at, Sync::Share share, Nanoseconds deadline, std::uintptr_t place) {
    return runs(place) ? sync().share_lock(number_of(at), share, deadline, place, nullptr) : 0;
}
// As in libc: a time that is none is refused, whether or not the lock is free.
int lock_until(pthread_rwlock_t* at, Sync::Share share, const timespec* time, std::uintptr_t place) {
    return is_time(time) ? lock(at, share, deadline_at(time), place) : EINVAL;
}
int try_lock(pthread_rwlock_t* at, Sync::Share share, std::uintptr_t place, const void* frame) {
    return runs(place) ? sync().share_lock(number_of(at), share, 0, place, frame) : 0;
}

constexpr auto to_read = Sync::Share::reads;
constexpr auto to_write = Sync::Share::writes;

}  // namespace

REVENANT_EXPORT int pthread_rwlock_init(pthread_rwlock_t* at, const pthread_rwlockattr_t* attributes) {
    return next_function<decltype(pthread_rwlock_init)>("pthread_rwlock_init")(at, attributes);
}
REVENANT_EXPORT int pthread_rwlock_destroy(pthread_rwlock_t* at) {
    if (machine().runs()) sync().share_destroy(reinterpret_cast<std::uintptr_t>(at), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_rwlock_rdlock(pthread_rwlock_t* at) {
    return lock(at, to_read, no_deadline, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_wrlock(pthread_rwlock_t* at) {
    return lock(at, to_write, no_deadline, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_tryrdlock(pthread_rwlock_t* at) {
    return try_lock(at, to_read, REVENANT_PLACE, REVENANT_FRAME);
}
REVENANT_EXPORT int pthread_rwlock_trywrlock(pthread_rwlock_t* at) {
    return try_lock(at, to_write, REVENANT_PLACE, REVENANT_FRAME);
}
REVENANT_EXPORT int pthread_rwlock_timedrdlock(pthread_rwlock_t* at, const timespec* time) {
    return lock_until(at, to_read, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_timedwrlock(pthread_rwlock_t* at, const timespec* time) {
    return lock_until(at, to_write, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_clockrdlock(pthread_rwlock_t* at, clockid_t, const timespec* time) {
    return lock_until(at, to_read, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_clockwrlock(pthread_rwlock_t* at, clockid_t, const timespec* time) {
    return lock_until(at, to_write, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_unlock(pthread_rwlock_t* at) {
    if (runs(REVENANT_PLACE)) sync().share_unlock(reinterpret_cast<std::uintptr_t>(at), REVENANT_PLACE);
    return 0;
}

}  // namespace revenant::model::native
