// What a program says of where and when its threads run and which signals they take, and asks for afterwards.
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <revenant/explore.hpp>
#include <thread>

namespace {

void handle(int) {}

// Before main nothing is explored, and this is the system's.
[[maybe_unused]] const auto before_main = std::signal(SIGUSR1, handle);

/// A pipe that nobody reads.
struct Pipe {
    int ends[2] = {-1, -1};
    bool is_well = ::pipe(ends) == 0 && ::close(ends[0]) == 0;
};
const Pipe broken;

/// Whether it fails, and the thread goes on.
bool write_to_nobody() { return ::write(broken.ends[1], "x", 1) == -1 && errno == EPIPE; }

sigset_t only(int signal) {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, signal);
    return set;
}

bool is_blocked(int signal) {
    sigset_t now;
    return ::pthread_sigmask(SIG_BLOCK, nullptr, &now) == 0 && ::sigismember(&now, signal) == 1;
}

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

// The same in each of several executions, most of which repeat another one's beginning.
REVENANT_EXPLORE("which signals threads take: right") {
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    REVENANT_ENSURE(::pthread_sigmask(SIG_SETMASK, &all, &before) == 0 &&
                    ::sigismember(&before, SIGUSR1) == 0);
    REVENANT_ENSURE(is_blocked(SIGUSR1) && !is_blocked(SIGKILL) && !is_blocked(SIGSTOP));
    std::atomic<int> last{0};
    std::thread heir([&] {
        last = 1;
        REVENANT_ENSURE(is_blocked(SIGUSR1));
        const auto one = only(SIGUSR1);
        REVENANT_ENSURE(::sigprocmask(SIG_UNBLOCK, &one, nullptr) == 0);
        last = 2;
        REVENANT_ENSURE(!is_blocked(SIGUSR1) && is_blocked(SIGINT));
    });
    last = 3;
    REVENANT_ENSURE(is_blocked(SIGUSR1));
    last = 4;
    heir.join();
    REVENANT_ENSURE(is_blocked(SIGUSR1));
    REVENANT_ENSURE(::pthread_sigmask(77, &all, nullptr) == EINVAL);
    REVENANT_ENSURE(::pthread_sigmask(77, nullptr, &before) == 0 && ::sigismember(&before, SIGINT) == 1);
    REVENANT_ENSURE(::sigprocmask(77, &all, nullptr) == -1 && errno == EINVAL);
}

REVENANT_EXPLORE("threads that begin with different masks, and which is first") {
    std::atomic<int> first{0};
    const auto comes = [&first] {
        int nobody = 0;
        first.compare_exchange_strong(nobody, is_blocked(SIGUSR1) ? 1 : 2);
    };
    const auto set = only(SIGUSR1);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread one(comes);
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    std::thread two(comes);
    one.join();
    two.join();
    REVENANT_ENSURE(first == 1);
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

REVENANT_EXPLORE("handlers of signals that do not come: right") {
    std::thread other([] { std::signal(SIGUSR2, handle); });
    REVENANT_ENSURE(std::signal(SIGUSR1, SIG_IGN) == handle);  // from before main
    struct sigaction action {};
    action.sa_handler = handle;
    ::sigaddset(&action.sa_mask, SIGINT);
    REVENANT_ENSURE(::sigaction(SIGUSR1, &action, nullptr) == 0);
    action = {};
    REVENANT_ENSURE(::sigaction(SIGUSR1, nullptr, &action) == 0 && action.sa_handler == handle);
    REVENANT_ENSURE(::sigismember(&action.sa_mask, SIGINT) == 1);
    REVENANT_ENSURE(std::signal(SIGKILL, handle) == SIG_ERR && errno == EINVAL);
    other.join();
    REVENANT_ENSURE(std::signal(SIGUSR2, SIG_DFL) == handle);
    REVENANT_ENSURE(std::signal(SIGUSR2, SIG_DFL) == SIG_DFL);
}

REVENANT_EXPLORE("a pipe that nobody reads") { REVENANT_ENSURE(write_to_nobody()); }

REVENANT_EXPLORE("a pipe that nobody reads, and a signal that is let through later") {
    const auto set = only(SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    REVENANT_ENSURE(write_to_nobody());
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

REVENANT_EXPLORE("a pipe that nobody reads, and a signal that is blocked or ignored: right") {
    std::atomic<int> last{0};
    std::thread other([&] {
        const auto set = only(SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
        REVENANT_ENSURE(write_to_nobody());
        last = 1;
        REVENANT_ENSURE(write_to_nobody());
        last = 2;
    });
    last = 3;
    last = 4;
    other.join();
    std::signal(SIGPIPE, SIG_IGN);
    REVENANT_ENSURE(write_to_nobody());
}
