// What a program asks for about where and when its threads run, and which signals they take: there are two
// processors, the same on each machine, each thread may run on both, and no signal comes.
#include <sched.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

constexpr int processors = 2;

int affinity(std::size_t bytes, cpu_set_t* set) {
    if (bytes == 0) return EINVAL;
    std::memset(set, 0, bytes);
    for (int i = 0; i < processors; ++i) CPU_SET_S(static_cast<std::size_t>(i), bytes, set);
    return 0;
}

}  // namespace

REVENANT_EXPORT int sched_getcpu() { return 0; }
REVENANT_EXPORT int get_nprocs() {
    return machine().is_running() ? processors : next_function<int()>("get_nprocs")();
}
REVENANT_EXPORT int get_nprocs_conf() {
    return machine().is_running() ? processors : next_function<int()>("get_nprocs_conf")();
}
REVENANT_EXPORT long sysconf(int name) {
    const bool asks_for_processors = name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF;
    if (asks_for_processors && machine().is_running()) return processors;
    return next_function<long(int)>("sysconf")(name);
}

REVENANT_EXPORT int pthread_setaffinity_np(pthread_t thread, std::size_t bytes, const cpu_set_t* set) {
    if (machine().is_running()) return 0;
    return next_function<decltype(pthread_setaffinity_np)>("pthread_setaffinity_np")(thread, bytes, set);
}
REVENANT_EXPORT int pthread_getaffinity_np(pthread_t thread, std::size_t bytes, cpu_set_t* set) {
    if (machine().is_running()) return affinity(bytes, set);
    return next_function<decltype(pthread_getaffinity_np)>("pthread_getaffinity_np")(thread, bytes, set);
}
REVENANT_EXPORT int sched_setaffinity(pid_t thread, std::size_t bytes, const cpu_set_t* set) {
    if (machine().is_running()) return 0;
    return next_function<decltype(sched_setaffinity)>("sched_setaffinity")(thread, bytes, set);
}
REVENANT_EXPORT int sched_getaffinity(pid_t thread, std::size_t bytes, cpu_set_t* set) {
    if (!machine().is_running()) {
        return next_function<decltype(sched_getaffinity)>("sched_getaffinity")(thread, bytes, set);
    }
    const int error = affinity(bytes, set);
    if (error == 0) return 0;
    errno = error;
    return -1;
}

// The search is fair to none and unfair to none, whatever a thread's priority.
REVENANT_EXPORT int pthread_setschedparam(pthread_t thread, int policy, const sched_param* parameters) {
    if (machine().is_running()) return 0;
    return next_function<decltype(pthread_setschedparam)>("pthread_setschedparam")(thread, policy,
                                                                                   parameters);
}
REVENANT_EXPORT int pthread_getschedparam(pthread_t thread, int* policy, sched_param* parameters) {
    if (!machine().is_running()) {
        return next_function<decltype(pthread_getschedparam)>("pthread_getschedparam")(thread, policy,
                                                                                       parameters);
    }
    *policy = SCHED_OTHER;
    *parameters = {};
    return 0;
}
REVENANT_EXPORT int pthread_setschedprio(pthread_t thread, int priority) {
    if (machine().is_running()) return 0;
    return next_function<decltype(pthread_setschedprio)>("pthread_setschedprio")(thread, priority);
}

// Not passed on: this library takes signals for faults and for threads that do not go on.
REVENANT_EXPORT int pthread_sigmask(int how, const sigset_t* set, sigset_t* before) {
    if (!machine().is_running() || is_own_code(REVENANT_PLACE)) {
        return next_function<decltype(pthread_sigmask)>("pthread_sigmask")(how, set, before);
    }
    if (before != nullptr) ::sigemptyset(before);
    return 0;
}
REVENANT_EXPORT int sigprocmask(int how, const sigset_t* set, sigset_t* before) {
    if (!machine().is_running() || is_own_code(REVENANT_PLACE)) {
        return next_function<decltype(sigprocmask)>("sigprocmask")(how, set, before);
    }
    if (before != nullptr) ::sigemptyset(before);
    return 0;
}

}  // namespace revenant::model::native
