// What starts processes, waits for others, has signals as its way in, or ends threads from outside: there is
// no model of it, and a test that calls it is refused there. What libc, this library or a constructor before
// main calls is passed on.
#include <pthread.h>

#include <csignal>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

/// Of any function that has at most six arguments, none of them a floating-point number: they are passed in
/// registers, and so is what it returns.
using Argument = long;
using AnyFunction = Argument(Argument, Argument, Argument, Argument, Argument, Argument);

AnyFunction* passed_on(const char* name, std::uintptr_t place, bool is_refused = true) {
    if (is_refused && !is_code_of_the_process(place) && machine().runs()) machine().not_modelled(name);
    return next_function<AnyFunction>(name);
}

}  // namespace

// By its symbol, as the headers declare each with arguments of its own.
#define REVENANT_REFUSED(NAME)                                                                               \
    extern "C" REVENANT_TAKES_PLACE Argument revenant_refused_##NAME(Argument, Argument, Argument, Argument, \
                                                                     Argument, Argument) asm(#NAME);         \
    Argument revenant_refused_##NAME(Argument a, Argument b, Argument c, Argument d, Argument e,             \
                                     Argument f) {                                                           \
        return passed_on(#NAME, REVENANT_PLACE)(a, b, c, d, e, f);                                           \
    }

REVENANT_REFUSED(accept)
REVENANT_REFUSED(accept4)
REVENANT_REFUSED(alarm)
REVENANT_REFUSED(connect)
REVENANT_REFUSED(epoll_create)
REVENANT_REFUSED(epoll_create1)
REVENANT_REFUSED(epoll_pwait)
REVENANT_REFUSED(epoll_wait)
REVENANT_REFUSED(eventfd)
REVENANT_REFUSED(fork)
REVENANT_REFUSED(kill)
REVENANT_REFUSED(killpg)
REVENANT_REFUSED(listen)
REVENANT_REFUSED(mkfifo)
REVENANT_REFUSED(mq_open)
REVENANT_REFUSED(msgrcv)
REVENANT_REFUSED(pause)
REVENANT_REFUSED(pipe)
REVENANT_REFUSED(pipe2)
REVENANT_REFUSED(poll)
REVENANT_REFUSED(popen)
REVENANT_REFUSED(posix_spawn)
REVENANT_REFUSED(posix_spawnp)
REVENANT_REFUSED(ppoll)
REVENANT_REFUSED(pselect)
REVENANT_REFUSED(pthread_cancel)
REVENANT_REFUSED(pthread_clockjoin_np)
REVENANT_REFUSED(pthread_getcpuclockid)
REVENANT_REFUSED(pthread_kill)
REVENANT_REFUSED(pthread_mutex_consistent)
REVENANT_REFUSED(pthread_mutex_getprioceiling)
REVENANT_REFUSED(pthread_mutex_setprioceiling)
REVENANT_REFUSED(pthread_sigqueue)
REVENANT_REFUSED(pthread_timedjoin_np)
REVENANT_REFUSED(pthread_tryjoin_np)
REVENANT_REFUSED(raise)
REVENANT_REFUSED(recv)
REVENANT_REFUSED(recvfrom)
REVENANT_REFUSED(recvmsg)
REVENANT_REFUSED(select)
REVENANT_REFUSED(sem_close)
REVENANT_REFUSED(sem_open)
REVENANT_REFUSED(sem_unlink)
REVENANT_REFUSED(semop)
REVENANT_REFUSED(setcontext)
REVENANT_REFUSED(setitimer)
REVENANT_REFUSED(shm_open)
REVENANT_REFUSED(shmat)
REVENANT_REFUSED(shmget)
REVENANT_REFUSED(signalfd)
REVENANT_REFUSED(sigqueue)
REVENANT_REFUSED(sigsuspend)
REVENANT_REFUSED(sigtimedwait)
REVENANT_REFUSED(sigwait)
REVENANT_REFUSED(sigwaitinfo)
REVENANT_REFUSED(socket)
REVENANT_REFUSED(socketpair)
REVENANT_REFUSED(swapcontext)
REVENANT_REFUSED(system)
REVENANT_REFUSED(timer_create)
REVENANT_REFUSED(timerfd_create)
REVENANT_REFUSED(wait)
REVENANT_REFUSED(waitpid)
#undef REVENANT_REFUSED

REVENANT_EXPORT int clone(int (*function)(void*), void* stack, int flags, void* argument, ...) {
    if (!is_code_of_the_process(REVENANT_PLACE) && machine().runs()) machine().not_modelled("clone");
    using Clone = int(int (*)(void*), void*, int, void*, ...);
    return next_function<Clone>("clone")(function, stack, flags, argument);
}

// Kinds of locks that there is no model of; what is asked for otherwise is what they are.
REVENANT_EXPORT int pthread_mutexattr_setrobust(pthread_mutexattr_t* kind, int robust) {
    const auto next =
        passed_on("pthread_mutexattr_setrobust", REVENANT_PLACE, robust != PTHREAD_MUTEX_STALLED);
    return static_cast<int>(next(reinterpret_cast<Argument>(kind), robust, 0, 0, 0, 0));
}
REVENANT_EXPORT int pthread_rwlockattr_setkind_np(pthread_rwlockattr_t* kind, int preference) {
    const auto next = passed_on("pthread_rwlockattr_setkind_np", REVENANT_PLACE,
                                preference == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    return static_cast<int>(next(reinterpret_cast<Argument>(kind), preference, 0, 0, 0, 0));
}

}  // namespace revenant::model::native
