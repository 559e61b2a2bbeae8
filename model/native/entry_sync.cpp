// POSIX mutexes, condition variables, semaphores, barriers, once; the guards of static locals; futexes.
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "model/native/atomics.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

bool runs() { return machine().runs(); }

std::uintptr_t number_of(const volatile void* address) { return reinterpret_cast<std::uintptr_t>(address); }

Sync::MutexType type_of(const pthread_mutex_t* mutex) {
    switch (mutex->__data.__kind & 3) {
        case PTHREAD_MUTEX_RECURSIVE: return Sync::MutexType::recursive;
        case PTHREAD_MUTEX_ERRORCHECK: return Sync::MutexType::checked;
        default: return Sync::MutexType::normal;
    }
}

/// What is done once: a lock while it is being done, and a byte that says that it has been.
class Once {
public:
    Once(volatile void* guard, std::uintptr_t place)
        : lock_(number_of(guard)), done_{number_of(guard), 1, place} {}
    /// Whether it is to be done now, by this thread.
    [[nodiscard]] bool begin() const {
        sync().lock(lock_ | 1, Sync::MutexType::normal, done_.place);
        if (Atomics::peek(done_.address, 1) == 0) return true;
        acquire();
        sync().unlock(lock_ | 1, done_.place);
        return false;
    }
    void end() const {
        atomics().store(done_, 1, std::memory_order::release);
        sync().unlock(lock_ | 1, done_.place);
    }
    void fail() const { sync().unlock(lock_ | 1, done_.place); }

private:
    void acquire() const { static_cast<void>(atomics().load(done_, std::memory_order::acquire)); }
    std::uintptr_t lock_;
    Atomics::Target done_;
};

/// Gives the lock back when an exception passes.
struct Undone {
    const Once& once;
    bool is_done = false;
    ~Undone() {
        if (!is_done) once.fail();
    }
};

}  // namespace

REVENANT_EXPORT int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
    const int status = next_function<decltype(pthread_mutex_init)>("pthread_mutex_init")(mutex, attributes);
    if (runs()) sync().mutex(number_of(mutex)) = {};
    return status;
}
REVENANT_EXPORT int pthread_mutex_destroy(pthread_mutex_t* mutex) {
    if (runs()) sync().forget_mutex(number_of(mutex), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_mutex_lock(pthread_mutex_t* mutex) {
    if (!runs()) return 0;
    const auto type = type_of(mutex);
    if (type == Sync::MutexType::checked && sync().mutex(number_of(mutex)).holder == machine().current()) {
        return EDEADLK;
    }
    sync().lock(number_of(mutex), type, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_mutex_trylock(pthread_mutex_t* mutex) {
    if (!runs()) return 0;
    return sync().try_lock(number_of(mutex), type_of(mutex), REVENANT_PLACE) ? 0 : EBUSY;
}
REVENANT_EXPORT int pthread_mutex_unlock(pthread_mutex_t* mutex) {
    if (runs()) sync().unlock(number_of(mutex), REVENANT_PLACE);
    return 0;
}

REVENANT_EXPORT int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) {
    return next_function<decltype(pthread_cond_init)>("pthread_cond_init")(condition, attributes);
}
REVENANT_EXPORT int pthread_cond_destroy(pthread_cond_t* condition) {
    if (runs()) machine().access(number_of(condition), 1, true, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
    if (runs()) sync().wait(number_of(condition), number_of(mutex), false, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                           const timespec*) {
    if (!runs()) return 0;
    return sync().wait(number_of(condition), number_of(mutex), true, REVENANT_PLACE) ? 0 : ETIMEDOUT;
}
REVENANT_EXPORT int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t,
                                           const timespec*) {
    if (!runs()) return 0;
    return sync().wait(number_of(condition), number_of(mutex), true, REVENANT_PLACE) ? 0 : ETIMEDOUT;
}
REVENANT_EXPORT int pthread_cond_signal(pthread_cond_t* condition) {
    if (runs()) sync().notify(number_of(condition), false, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int pthread_cond_broadcast(pthread_cond_t* condition) {
    if (runs()) sync().notify(number_of(condition), true, REVENANT_PLACE);
    return 0;
}

REVENANT_EXPORT int pthread_once(pthread_once_t* control, void (*routine)()) {
    if (!runs()) {
        if (*control == 0) {
            *control = 1;
            routine();
        }
        return 0;
    }
    const Once once(control, REVENANT_PLACE);
    if (!once.begin()) return 0;
    Undone undone{once};
    routine();
    undone.is_done = true;
    once.end();
    return 0;
}
REVENANT_EXPORT int __cxa_guard_acquire(unsigned char* guard) {
    if (!runs()) return *guard == 0 ? 1 : 0;
    return Once(guard, REVENANT_PLACE).begin() ? 1 : 0;
}
REVENANT_EXPORT void __cxa_guard_release(unsigned char* guard) {
    if (!runs()) {
        *guard = 1;
    } else {
        Once(guard, REVENANT_PLACE).end();
    }
}
REVENANT_EXPORT void __cxa_guard_abort(unsigned char* guard) {
    if (runs()) Once(guard, REVENANT_PLACE).fail();
}

REVENANT_EXPORT int sem_init(sem_t* semaphore, int, unsigned value) {
    if (!runs()) return next_function<decltype(sem_init)>("sem_init")(semaphore, 0, value);
    sync().semaphore_init(number_of(semaphore), value);
    return 0;
}
REVENANT_EXPORT int sem_destroy(sem_t*) { return 0; }
REVENANT_EXPORT int sem_post(sem_t* semaphore) {
    if (runs()) sync().semaphore_post(number_of(semaphore), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int sem_wait(sem_t* semaphore) {
    if (runs()) sync().semaphore_wait(number_of(semaphore), REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT int sem_trywait(sem_t* semaphore) {
    if (!runs() || sync().semaphore_try_wait(number_of(semaphore), REVENANT_PLACE)) return 0;
    errno = EAGAIN;
    return -1;
}
REVENANT_EXPORT int sem_getvalue(sem_t* semaphore, int* value) {
    *value = runs() ? static_cast<int>(sync().semaphore_value(number_of(semaphore), REVENANT_PLACE)) : 0;
    return 0;
}

REVENANT_EXPORT int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t*,
                                         unsigned count) {
    if (runs()) sync().barrier_init(number_of(barrier), count);
    return 0;
}
REVENANT_EXPORT int pthread_barrier_destroy(pthread_barrier_t*) { return 0; }
REVENANT_EXPORT int pthread_barrier_wait(pthread_barrier_t* barrier) {
    if (!runs()) return 0;
    const bool completes = sync().barrier_wait(number_of(barrier), REVENANT_PLACE);
    return completes ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

// libstdc++'s atomic wait, latch and semaphore have no other function between them and the kernel.
REVENANT_EXPORT long syscall(long number, ...) {
    va_list arguments;
    va_start(arguments, number);
    long words[6];
    for (auto& word : words) word = va_arg(arguments, long);
    va_end(arguments);
    if (!runs() || number != SYS_futex) {
        if (runs() && number != SYS_gettid && number != SYS_sched_yield) {
            machine().not_modelled("system call " + std::to_string(number));
        }
        const auto next = next_function<long(long, ...)>("syscall");
        return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
    }
    const auto word = static_cast<std::uintptr_t>(words[0]);
    const auto count = static_cast<std::uint32_t>(words[2]);
    switch (words[1] & FUTEX_CMD_MASK) {
        case FUTEX_WAIT:
        case FUTEX_WAIT_BITSET: {
            const int error = sync().futex_wait(word, count, words[3] != 0, REVENANT_PLACE);
            if (error == 0) return 0;
            errno = error;
            return -1;
        }
        case FUTEX_WAKE:
        case FUTEX_WAKE_BITSET: return sync().futex_wake(word, count, REVENANT_PLACE);
        default: machine().not_modelled("futex operation " + std::to_string(words[1]));
    }
}

}  // namespace revenant::model::native
