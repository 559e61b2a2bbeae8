// The system's functions that the linker sends here. No Relacy: it has macros of these names.
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <time.h>
#include <unistd.h>

#include "model/relacy/foreign_calls.hpp"
#include "model/relacy/recorder.hpp"
#include "model/relacy/watchdog.hpp"

// A call that the linker sends here, and what it stands for in C++. What has `__real_` before its name is the
// system's.
#define REVENANT_FOREIGN(result, name, parameters, arguments, stands_for) \
    extern "C" result __real_##name parameters;                           \
    extern "C" result __wrap_##name parameters;                           \
    result __wrap_##name parameters {                                     \
        revenant::model::relacy::refuse_in_modelled_code(stands_for);     \
        return __real_##name arguments;                                   \
    }

REVENANT_FOREIGN(int, pthread_mutex_lock, (pthread_mutex_t * mutex), (mutex),
                 "a mutex of the system's (pthread_mutex_lock, std::mutex)")
REVENANT_FOREIGN(int, pthread_mutex_trylock, (pthread_mutex_t * mutex), (mutex),
                 "a mutex of the system's (pthread_mutex_trylock, std::mutex)")
REVENANT_FOREIGN(int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock), (lock),
                 "a lock of the system's (pthread_rwlock_rdlock, std::shared_mutex)")
REVENANT_FOREIGN(int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock), (lock),
                 "a lock of the system's (pthread_rwlock_wrlock, std::shared_mutex)")
REVENANT_FOREIGN(int, pthread_once, (pthread_once_t * once, void (*act)()), (once, act),
                 "pthread_once (std::call_once)")
REVENANT_FOREIGN(int, pthread_create,
                 (pthread_t * thread, const pthread_attr_t* options, void* (*act)(void*), void* argument),
                 (thread, options, act, argument), "a thread of its own (pthread_create)")
REVENANT_FOREIGN(int, pthread_join, (pthread_t thread, void** result), (thread, result),
                 "a thread of its own (pthread_join)")
REVENANT_FOREIGN(int, sem_wait, (sem_t * semaphore), (semaphore), "a semaphore of the system's (sem_wait)")
REVENANT_FOREIGN(int, sched_yield, (), (), "a yield of the system's (sched_yield, std::this_thread::yield)")
REVENANT_FOREIGN(int, nanosleep, (const timespec* time, timespec* left), (time, left),
                 "a sleep (nanosleep, std::this_thread::sleep_for)")
REVENANT_FOREIGN(int, clock_nanosleep, (clockid_t clock, int flags, const timespec* time, timespec* left),
                 (clock, flags, time, left), "a sleep (clock_nanosleep, std::this_thread::sleep_for)")
REVENANT_FOREIGN(int, usleep, (useconds_t time), (time), "a sleep (usleep)")
// Where std::thread begins in libstdc++, whose own call of pthread_create nobody wraps.
REVENANT_FOREIGN(void, _ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE,
                 (void* thread, void* state, void (*depend)()), (thread, state, depend),
                 "a thread of its own (std::thread)")

extern "C" pthread_t __real_pthread_self();
extern "C" pthread_t __wrap_pthread_self();
pthread_t __wrap_pthread_self() {
    using namespace revenant::model;
    if (relacy::in_modelled_code == 0) return __real_pthread_self();
    return static_cast<pthread_t>(relacy::recorder().thread + 16);  // setup's and teardown's are below zero
}
