// What a program says of where and when its threads run, and asks for afterwards.
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <revenant/explore.hpp>
#include <thread>

namespace {

/// Where a thread may run, as a bit for each processor.
unsigned processors_of(pthread_t thread) {
    cpu_set_t set;
    REVENANT_ENSURE(::pthread_getaffinity_np(thread, sizeof set, &set) == 0);
    return (CPU_ISSET(0, &set) ? 1u : 0) + (CPU_ISSET(1, &set) ? 2u : 0);
}

}  // namespace

REVENANT_EXPLORE("where threads run: right") {
    cpu_set_t processors;
    REVENANT_ENSURE(::pthread_getaffinity_np(::pthread_self(), sizeof processors, &processors) == 0);
    REVENANT_ENSURE(CPU_COUNT(&processors) == 2 && ::sysconf(_SC_NPROCESSORS_ONLN) == 2);
    REVENANT_ENSURE(std::thread::hardware_concurrency() == 2);
    REVENANT_ENSURE(::pthread_setaffinity_np(::pthread_self(), sizeof processors, &processors) == 0);
    sched_param priority{};
    int policy = -1;
    REVENANT_ENSURE(::pthread_getschedparam(::pthread_self(), &policy, &priority) == 0);
    REVENANT_ENSURE(policy == SCHED_OTHER && priority.sched_priority == 0);
    REVENANT_ENSURE(::pthread_setschedparam(::pthread_self(), policy, &priority) == 0);
    pthread_rwlockattr_t kind;
    ::pthread_rwlockattr_init(&kind);
    REVENANT_ENSURE(::pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NP) == 0);
    ::pthread_testcancel();
}

REVENANT_EXPLORE("a thread's processors: right") {
    cpu_set_t set;
    CPU_ZERO(&set);
    REVENANT_ENSURE(::sched_setaffinity(0, sizeof set, &set) == -1 && errno == EINVAL);
    CPU_SET(900, &set);
    REVENANT_ENSURE(::pthread_setaffinity_np(::pthread_self(), sizeof set, &set) == EINVAL);
    CPU_SET(1, &set);
    REVENANT_ENSURE(::sched_setaffinity(::gettid(), sizeof set, &set) == 0);
    REVENANT_ENSURE(processors_of(::pthread_self()) == 2);
    std::atomic<bool> is_set{false};
    std::thread other([&] {
        if (is_set) REVENANT_ENSURE(processors_of(::pthread_self()) == 1);
    });
    CPU_ZERO(&set);
    CPU_SET(0, &set);
    REVENANT_ENSURE(processors_of(other.native_handle()) == 2);  // its maker's
    REVENANT_ENSURE(::pthread_setaffinity_np(other.native_handle(), 1, &set) == 0);
    is_set = true;
    other.join();
    unsigned char bytes[17];
    for (auto& byte : bytes) byte = 9;
    auto* const small = reinterpret_cast<cpu_set_t*>(bytes);
    REVENANT_ENSURE(::sched_getaffinity(0, 4, small) == -1 && errno == EINVAL && bytes[0] == 9);
    REVENANT_ENSURE(::sched_getaffinity(::getpid(), 16, small) == 0);
    REVENANT_ENSURE(bytes[0] == 2 && bytes[1] == 0 && bytes[15] == 0 && bytes[16] == 9);
    REVENANT_ENSURE(::sched_getaffinity(999, 16, small) == -1 && errno == ESRCH);
}

REVENANT_EXPLORE("a thread's priority: right") {
    sched_param priority{};
    int policy = -1;
    const auto self = ::pthread_self();
    REVENANT_ENSURE(::pthread_setschedparam(self, 77, &priority) == EINVAL);
    REVENANT_ENSURE(::pthread_setschedparam(self, SCHED_BATCH, &priority) == 0);
    REVENANT_ENSURE(::pthread_getschedparam(self, &policy, &priority) == 0 && policy == SCHED_BATCH);
    REVENANT_ENSURE(::pthread_setschedprio(self, 5) == EINVAL);
    priority.sched_priority = 4;
    REVENANT_ENSURE(::pthread_setschedparam(self, SCHED_RR, &priority) == 0);
    REVENANT_ENSURE(::pthread_setschedprio(self, 5) == 0);
    std::thread other([] {});
    REVENANT_ENSURE(::pthread_getschedparam(other.native_handle(), &policy, &priority) == 0);
    REVENANT_ENSURE(policy == SCHED_RR && priority.sched_priority == 5);
    other.join();
}
