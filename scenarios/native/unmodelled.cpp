// What there is no model of, asked for by some of several tests. Those are refused where they ask; the others
// are explored.
#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

extern "C" void* __tsan_create_fiber(unsigned flags);

namespace {

constexpr std::size_t a_page = 4096;
void* volatile found = nullptr;  // volatile: or a compiler leaves out what nobody uses
volatile int found_error = 0;

__attribute__((noinline)) void reserve_a_page() {
    found = ::mmap(nullptr, a_page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

__attribute__((noinline)) int call_for_ever(int depth) {
    volatile char room[a_page];  // NOLINT: the accesses must be made
    room[0] = static_cast<char>(depth);
    return call_for_ever(depth + 1) + room[0];
}

std::atomic<int> handled{0};
void handle(int) { ++handled; }

// Before main nothing is explored, and all of this is the system's.
struct Early {
    int sockets[2] = {-1, -1};
    bool is_well = ::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0 &&
                   std::signal(SIGUSR1, handle) != SIG_ERR && std::raise(SIGUSR1) == 0 && handled == 1;
};
const Early early;

alignas(16) char small_stack[65536];

}  // namespace

REVENANT_EXPLORE("the first: right") {
    REVENANT_ENSURE(early.is_well);
    std::atomic<int> count{0};
    std::thread other([&] { ++count; });
    ++count;
    other.join();
}

REVENANT_EXPLORE("memory of its own") {
    std::thread other(reserve_a_page);
    other.join();
}

REVENANT_EXPLORE("a library, once another thread has been here") {
    std::atomic<bool> is_ready{false};
    std::thread other([&] { is_ready = true; });
    if (is_ready) found = ::dlopen("libm.so.6", RTLD_NOW);
    other.join();
}

REVENANT_EXPLORE("a system call") { REVENANT_ENSURE(::syscall(SYS_getppid) != 0); }

REVENANT_EXPLORE("a hundred and thirty threads") {
    std::vector<std::thread> all;
    for (int i = 0; i < 130; ++i) all.emplace_back([] {});
    for (auto& thread : all) thread.join();
}

REVENANT_EXPLORE("more memory than there is for a thread") {
    found = std::malloc(std::size_t{65} << 20);
    std::free(found);
}

REVENANT_EXPLORE("calls without an end") { REVENANT_ENSURE(call_for_ever(0) != 1); }

REVENANT_EXPLORE("a handler of a signal") { std::signal(SIGSEGV, handle); }

REVENANT_EXPLORE("a handler of a signal, with more words") {
    struct sigaction action {};
    action.sa_handler = handle;
    ::sigaction(SIGSEGV, &action, nullptr);
}

REVENANT_EXPLORE("a handler of a signal that may come, though it is of no fault") {
    std::signal(SIGPIPE, handle);
}

REVENANT_EXPLORE("a stack of another kind") {
    ucontext_t here{};
    ucontext_t there{};
    ::getcontext(&there);
    there.uc_stack.ss_sp = small_stack;
    there.uc_stack.ss_size = sizeof small_stack;
    there.uc_link = &here;
    ::makecontext(
        &there, [] {}, 0);
    ::swapcontext(&here, &there);
}

REVENANT_EXPLORE("a stack that is gone to") {
    ucontext_t here{};
    ::getcontext(&here);
    ::setcontext(&here);
}

REVENANT_EXPLORE("a processor that a thread gets while it asks") {
    std::thread other([] {
        cpu_set_t processors;
        found_error = ::pthread_getaffinity_np(::pthread_self(), sizeof processors, &processors);
    });
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(1, &one);
    ::pthread_setaffinity_np(other.native_handle(), sizeof one, &one);
    other.join();
}

REVENANT_EXPLORE("a fiber") { found = __tsan_create_fiber(0); }

REVENANT_EXPLORE("a signal") { std::raise(SIGUSR1); }

REVENANT_EXPLORE("a process") {
    if (::fork() == 0) ::_exit(0);
}

REVENANT_EXPLORE("a socket") { REVENANT_ENSURE(::socket(AF_INET, SOCK_STREAM, 0) >= 0); }

REVENANT_EXPLORE("a signal to a thread") { found_error = ::pthread_kill(::pthread_self(), 0); }

REVENANT_EXPLORE("a thread that is cancelled") {
    std::thread other([] {});
    found_error = ::pthread_cancel(other.native_handle());
    other.join();
}

REVENANT_EXPLORE("a thread that is joined if it has ended") {
    pthread_t other{};
    ::pthread_create(
        &other, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
    found_error = ::pthread_tryjoin_np(other, nullptr);
}

REVENANT_EXPLORE("a mutex that outlives its owner") {
    pthread_mutexattr_t kind;
    ::pthread_mutexattr_init(&kind);
    ::pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
}

REVENANT_EXPLORE("an atomic of 24 bytes") {
    struct Large {
        long parts[3];
    };
    std::atomic<Large> large{};
    REVENANT_ENSURE(large.load().parts[2] == 0);
}

REVENANT_EXPLORE("the last is wrong") {
    std::atomic<int> count{0};
    std::thread other([&] { count = count + 1; });
    count = count + 1;
    other.join();
    REVENANT_ENSURE(count == 2);
}
