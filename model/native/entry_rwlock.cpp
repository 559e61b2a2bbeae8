// POSIX read-write locks: std::shared_mutex.
#include <pthread.h>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

bool runs() { return machine().runs(); }

int lock(pthread_rwlock_t* at, Sync::Share share, Nanoseconds deadline, std::uintptr_t place) {
    return runs() ? sync().share_lock(reinterpret_cast<std::uintptr_t>(at), share, deadline, place) : 0;
}

constexpr auto reads = Sync::Share::reads;
constexpr auto writes = Sync::Share::writes;

}  // namespace

REVENANT_EXPORT int pthread_rwlock_init(pthread_rwlock_t* at, const pthread_rwlockattr_t* attributes) {
    return next_function<decltype(pthread_rwlock_init)>("pthread_rwlock_init")(at, attributes);
}
REVENANT_EXPORT int pthread_rwlock_destroy(pthread_rwlock_t* at) {
    if (runs()) sync().share_destroy(reinterpret_cast<std::uintptr_t>(at), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_rwlock_rdlock(pthread_rwlock_t* at) {
    return lock(at, reads, no_deadline, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_wrlock(pthread_rwlock_t* at) {
    return lock(at, writes, no_deadline, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_tryrdlock(pthread_rwlock_t* at) {
    return lock(at, reads, 0, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_trywrlock(pthread_rwlock_t* at) {
    return lock(at, writes, 0, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_timedrdlock(pthread_rwlock_t* at, const timespec* time) {
    return lock(at, reads, deadline_at(time), REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_timedwrlock(pthread_rwlock_t* at, const timespec* time) {
    return lock(at, writes, deadline_at(time), REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_clockrdlock(pthread_rwlock_t* at, clockid_t, const timespec* time) {
    return lock(at, reads, deadline_at(time), REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_clockwrlock(pthread_rwlock_t* at, clockid_t, const timespec* time) {
    return lock(at, writes, deadline_at(time), REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_rwlock_unlock(pthread_rwlock_t* at) {
    if (runs()) sync().share_unlock(reinterpret_cast<std::uintptr_t>(at), REVENANT_PLACE);
    return 0;
}

}  // namespace revenant::model::native
