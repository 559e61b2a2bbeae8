// What a program asks for about where and when its threads run, and which signals they take: there are two
// processors, the same on each machine. What it says of that is kept for each thread and changes nothing, but
// for a SIGPIPE that is blocked; no other signal comes.
#include <sched.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "model/native/entry_threads.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/scheduling.hpp"
#include "model/native/signals.hpp"

namespace revenant::model::native {
namespace {

constexpr int processors = 2;

/// How many bytes the kernel has for a set, and writes.
constexpr std::size_t set_size = 8;

int get_affinity(int thread, std::size_t bytes, cpu_set_t* set) {
    if (thread == nobody) return ESRCH;
    if (bytes < set_size || bytes % set_size != 0) return EINVAL;
    std::memset(set, 0, bytes);
    const unsigned char bits = scheduling().asked(thread).processors;
    std::memcpy(set, &bits, 1);
    return 0;
}

int set_affinity(int thread, std::size_t bytes, const cpu_set_t* set) {
    if (thread == nobody) return ESRCH;
    unsigned char bits = 0;
    if (bytes != 0) std::memcpy(&bits, set, 1);
    bits &= Scheduling::both_processors;
    if (bits == 0) return EINVAL;
    scheduling().changed(thread).processors = bits;
    return 0;
}

/// Whose number the kernel has for a thread, or `nobody`.
int thread_numbered(pid_t id) {
    const auto& all = machine();
    if (id == 0) return all.current();
    if (id == ::getpid()) return 0;
    const int number = id - first_thread_id;
    return number >= 0 && number < static_cast<int>(all.threads_made()) ? number : nobody;
}

bool may_have(int policy, int priority) {
    switch (policy & ~SCHED_RESET_ON_FORK) {
        case SCHED_OTHER:
        case SCHED_BATCH:
        case SCHED_IDLE: return priority == 0;
        case SCHED_FIFO:
        case SCHED_RR: return priority >= 1 && priority <= 99;
        default: return false;
    }
}

int set_parameters(int thread, int policy, int priority) {
    if (thread == nobody) return ESRCH;
    if (!may_have(policy, priority)) return EINVAL;
    auto& changed = scheduling().changed(thread);
    changed.policy = policy;
    changed.priority = priority;
    return 0;
}

/// As a call of the system's own has it.
int with_errno(int error) {
    if (error == 0) return 0;
    errno = error;
    return -1;
}

// The answer, if it is one: what was blocked before.
int change_mask(int how, const sigset_t* set, sigset_t* before, std::uintptr_t place) {
    if (set != nullptr && how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK) return EINVAL;
    auto& all = machine();
    std::uint64_t asked = 0;
    if (set != nullptr) std::memcpy(&asked, set, sizeof asked);
    asked &= ~Signals::never_blocked;
    std::uint64_t was = 0;
    if (all.repeats_at_once(place)) {
        was = static_cast<std::uint64_t>(all.answer().value);
    } else {
        was = all.known_thread(all.current()).blocked_signals;
        if (set != nullptr) {
            const auto now = how == SIG_BLOCK ? was | asked : how == SIG_UNBLOCK ? was & ~asked : asked;
            all.self().blocked_signals = now;
            signals().unblocked(place);
        }
        all.returns(place, was);
    }
    if (before != nullptr) std::memcpy(before, &was, sizeof was);
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
    if (machine().runs()) return set_affinity(thread_with(thread), bytes, set);
    return next_function<decltype(pthread_setaffinity_np)>("pthread_setaffinity_np")(thread, bytes, set);
}
REVENANT_EXPORT int pthread_getaffinity_np(pthread_t thread, std::size_t bytes, cpu_set_t* set) {
    if (machine().runs()) return get_affinity(thread_with(thread), bytes, set);
    return next_function<decltype(pthread_getaffinity_np)>("pthread_getaffinity_np")(thread, bytes, set);
}
REVENANT_EXPORT int sched_setaffinity(pid_t thread, std::size_t bytes, const cpu_set_t* set) {
    if (machine().runs()) return with_errno(set_affinity(thread_numbered(thread), bytes, set));
    return next_function<decltype(sched_setaffinity)>("sched_setaffinity")(thread, bytes, set);
}
REVENANT_EXPORT int sched_getaffinity(pid_t thread, std::size_t bytes, cpu_set_t* set) {
    if (machine().runs()) return with_errno(get_affinity(thread_numbered(thread), bytes, set));
    return next_function<decltype(sched_getaffinity)>("sched_getaffinity")(thread, bytes, set);
}

// The search is fair to none and unfair to none, whatever a thread's priority.
REVENANT_EXPORT int pthread_setschedparam(pthread_t thread, int policy, const sched_param* parameters) {
    if (machine().runs()) return set_parameters(thread_with(thread), policy, parameters->sched_priority);
    return next_function<decltype(pthread_setschedparam)>("pthread_setschedparam")(thread, policy,
                                                                                   parameters);
}
REVENANT_EXPORT int pthread_getschedparam(pthread_t thread, int* policy, sched_param* parameters) {
    if (!machine().runs()) {
        return next_function<decltype(pthread_getschedparam)>("pthread_getschedparam")(thread, policy,
                                                                                       parameters);
    }
    const int number = thread_with(thread);
    if (number == nobody) return ESRCH;
    const auto& now = scheduling().asked(number);
    *policy = now.policy;
    *parameters = {};
    parameters->sched_priority = now.priority;
    return 0;
}
REVENANT_EXPORT int pthread_setschedprio(pthread_t thread, int priority) {
    if (!machine().runs()) {
        return next_function<decltype(pthread_setschedprio)>("pthread_setschedprio")(thread, priority);
    }
    const int number = thread_with(thread);
    return set_parameters(number, number == nobody ? 0 : scheduling().asked(number).policy, priority);
}

// Not passed on: this library takes signals for faults and for threads that do not go on.
REVENANT_EXPORT int pthread_sigmask(int how, const sigset_t* set, sigset_t* before) {
    if (!machine().is_running() || is_own_code(REVENANT_PLACE)) {
        return next_function<decltype(pthread_sigmask)>("pthread_sigmask")(how, set, before);
    }
    return change_mask(how, set, before, REVENANT_PLACE);
}
REVENANT_EXPORT int sigprocmask(int how, const sigset_t* set, sigset_t* before) {
    if (!machine().is_running() || is_own_code(REVENANT_PLACE)) {
        return next_function<decltype(sigprocmask)>("sigprocmask")(how, set, before);
    }
    return with_errno(change_mask(how, set, before, REVENANT_PLACE));
}

}  // namespace revenant::model::native
