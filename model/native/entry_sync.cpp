// POSIX condition variables, semaphores, barriers, once; the guards of static locals.
#include <pthread.h>
#include <semaphore.h>

#include <cerrno>

#include "model/native/atomics.hpp"
#include "model/native/entry_threads.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/once.hpp"
#include "model/native/segments.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

int wait_until(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* time,
               std::uintptr_t place) {
    if (!machine().runs()) return 0;
    if (!is_time(time)) return EINVAL;
    return sync().wait(number_of(condition), number_of(mutex), deadline_at(time), place) ? 0 : ETIMEDOUT;
}

int semaphore_wait(sem_t* semaphore, Nanoseconds deadline, std::uintptr_t place) {
    if (!machine().runs() || sync().semaphore_wait(number_of(semaphore), deadline, place)) return 0;
    errno = ETIMEDOUT;
    return -1;
}
int semaphore_wait_until(sem_t* semaphore, const timespec* time, std::uintptr_t place) {
    if (is_time(time)) return semaphore_wait(semaphore, deadline_at(time), place);
    errno = EINVAL;
    return -1;
}

}  // namespace

REVENANT_EXPORT int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) {
    return next_function<decltype(pthread_cond_init)>("pthread_cond_init")(condition, attributes);
}
REVENANT_EXPORT int pthread_cond_destroy(pthread_cond_t* condition) {
    if (machine().runs()) machine().access(number_of(condition), 1, true, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
    if (machine().runs()) sync().wait(number_of(condition), number_of(mutex), no_deadline, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                           const timespec* time) {
    return wait_until(condition, mutex, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t,
                                           const timespec* time) {
    return wait_until(condition, mutex, time, REVENANT_PLACE);
}
REVENANT_EXPORT int pthread_cond_signal(pthread_cond_t* condition) {
    if (machine().runs()) sync().notify(number_of(condition), false, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_cond_broadcast(pthread_cond_t* condition) {
    if (machine().runs()) sync().notify(number_of(condition), true, REVENANT_PLACE);
    return 0;
}

// What libgcc does once, before the first stack that it unwinds, it has done for all executions: nothing puts
// its variables back, and no thread of the program's waits for it. What libc++abi does once has been done
// before them (start.cpp).
void run_once(pthread_once_t* control, void (*routine)(), std::uintptr_t place) {
    if (!machine().is_running() || is_code_of_the_process(place) || is_code_of_exceptions(place)) {
        if (*control == 0) {
            *control = 1;
            routine();
        }
        return;
    }
    const Once once(control, place);
    if (once.begin()) once.run(routine);
}

REVENANT_EXPORT int pthread_once(pthread_once_t* control, void (*routine)()) {
    run_once(control, routine, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int __cxa_guard_acquire(unsigned char* guard) {
    if (!machine().is_running()) return *guard == 0 ? 1 : 0;
    return Once(guard, REVENANT_PLACE).begin() ? 1 : 0;
}
REVENANT_EXPORT void __cxa_guard_release(unsigned char* guard) {
    if (!machine().is_running()) {
        *guard = 1;
    } else {
        Once(guard, REVENANT_PLACE).end();
    }
}
REVENANT_EXPORT void __cxa_guard_abort(unsigned char* guard) {
    if (machine().is_running()) Once(guard, REVENANT_PLACE).fail();
}

REVENANT_EXPORT int sem_init(sem_t* semaphore, int, unsigned value) {
    if (machine().runs()) sync().semaphore_init(number_of(semaphore), value);
    return next_function<decltype(sem_init)>("sem_init")(semaphore, 0, value);
}
REVENANT_EXPORT int sem_destroy(sem_t* semaphore) {
    if (machine().runs()) sync().semaphore_destroy(number_of(semaphore), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int sem_post(sem_t* semaphore) {
    if (!machine().runs()) return next_function<decltype(sem_post)>("sem_post")(semaphore);
    sync().semaphore_post(number_of(semaphore), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int sem_wait(sem_t* semaphore) {
    return semaphore_wait(semaphore, no_deadline, REVENANT_PLACE);
}
REVENANT_EXPORT int sem_timedwait(sem_t* semaphore, const timespec* time) {
    return semaphore_wait_until(semaphore, time, REVENANT_PLACE);
}
REVENANT_EXPORT int sem_clockwait(sem_t* semaphore, clockid_t, const timespec* time) {
    return semaphore_wait_until(semaphore, time, REVENANT_PLACE);
}
REVENANT_EXPORT int sem_trywait(sem_t* semaphore) {
    if (!machine().runs()) return 0;
    if (sync().semaphore_try_wait(number_of(semaphore), REVENANT_PLACE, REVENANT_FRAME)) return 0;
    errno = EAGAIN;
    return -1;
}
REVENANT_EXPORT int sem_getvalue(sem_t* semaphore, int* value) {
    unsigned found = 0;
    if (machine().runs()) {
        const auto to = number_of(value);
        found = sync().semaphore_value(number_of(semaphore), to, REVENANT_PLACE, REVENANT_FRAME);
        machine().access(to, sizeof *value, true, REVENANT_PLACE);
    }
    *value = static_cast<int>(found);
    return 0;
}

REVENANT_EXPORT int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                                         unsigned count) {
    if (machine().runs()) sync().barrier_init(number_of(barrier), count);
    return next_function<decltype(pthread_barrier_init)>("pthread_barrier_init")(barrier, attributes, count);
}
REVENANT_EXPORT int pthread_barrier_destroy(pthread_barrier_t* barrier) {
    if (machine().runs()) sync().barrier_destroy(number_of(barrier), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_barrier_wait(pthread_barrier_t* barrier) {
    if (!machine().runs()) return 0;
    const bool completes = sync().barrier_wait(number_of(barrier), REVENANT_PLACE);
    return completes ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

}  // namespace revenant::model::native
