// What starts processes, waits for others, or has signals as its way in: there is no model of it, and a test
// that calls it is refused there. What libc, this library or a constructor before main calls is passed on.
#include <sys/types.h>

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

AnyFunction* passed_on(const char* name, std::uintptr_t place) {
    if (!is_code_of_the_process(place) && machine().runs()) machine().not_modelled(name);
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
REVENANT_REFUSED(raise)
REVENANT_REFUSED(recv)
REVENANT_REFUSED(recvfrom)
REVENANT_REFUSED(recvmsg)
REVENANT_REFUSED(select)
REVENANT_REFUSED(semop)
REVENANT_REFUSED(setitimer)
REVENANT_REFUSED(shm_open)
REVENANT_REFUSED(shmat)
REVENANT_REFUSED(shmget)
REVENANT_REFUSED(signalfd)
REVENANT_REFUSED(sigsuspend)
REVENANT_REFUSED(sigtimedwait)
REVENANT_REFUSED(sigwait)
REVENANT_REFUSED(sigwaitinfo)
REVENANT_REFUSED(socket)
REVENANT_REFUSED(socketpair)
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

}  // namespace revenant::model::native
