// What there is no model of, asked for by some of several tests. Those are refused where they ask; the others
// are explored.
#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <revenant/explore.hpp>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t a_page = 4096;
void* volatile found = nullptr;  // volatile: or a compiler leaves out what nobody uses

__attribute__((noinline)) void reserve_a_page() {
    found = ::mmap(nullptr, a_page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

__attribute__((noinline)) int call_for_ever(int depth) {
    volatile char room[a_page];  // NOLINT: the accesses must be made
    room[0] = static_cast<char>(depth);
    return call_for_ever(depth + 1) + room[0];
}

}  // namespace

REVENANT_EXPLORE("the first: right") {
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

REVENANT_EXPLORE("twenty threads") {
    std::vector<std::thread> all;
    for (int i = 0; i < 20; ++i) all.emplace_back([] {});
    for (auto& thread : all) thread.join();
}

REVENANT_EXPLORE("more memory than there is for a thread") {
    found = std::malloc(std::size_t{65} << 20);
    std::free(found);
}

REVENANT_EXPLORE("calls without an end") { REVENANT_ENSURE(call_for_ever(0) != 1); }

REVENANT_EXPLORE("the last is wrong") {
    std::atomic<int> count{0};
    std::thread other([&] { count = count + 1; });
    count = count + 1;
    other.join();
    REVENANT_ENSURE(count == 2);
}
