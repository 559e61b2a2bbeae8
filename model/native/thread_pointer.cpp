#include "model/native/thread_pointer.hpp"

#include <asm/prctl.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "model/native/fiber.hpp"
#include "model/native/layout.hpp"

namespace revenant::model::native {
namespace {

constexpr unsigned long user_may_write_the_base = 2;  // of AT_HWCAP2
constexpr std::size_t page_bytes = 4096;

// What lies behind the thread pointer, as the processor's ABI and glibc have it: pointers to itself, to the
// variables and to the thread, which are asked for below `own_end`; then the canary of the stack protector
// and the pointer guard, the same in all threads, up to `shared_end`.
constexpr std::size_t own_end = 0x20;
constexpr std::size_t shared_end = 0x38;

// Who asks often gets its own at once the next times: a fault takes longer than two system calls.
constexpr unsigned often = 8;
constexpr unsigned next_times = 16;

const bool program_may_write = (getauxval(AT_HWCAP2) & user_may_write_the_base) != 0;

struct OnDemand {
    void* nobodys = nullptr;   // null: thread pointers do not come on demand
    std::uintptr_t begin = 0;  // of the memory that nobody may touch
    std::uintptr_t end = 0;
    void* held = nullptr;  // by the register
    Fiber* running = nullptr;
};
OnDemand on_demand;

// A signal may come between any two of these, whose handler may ask for a thread pointer.
void barrier() { std::atomic_signal_fence(std::memory_order_seq_cst); }

void write_register(void* pointer) {
    if (program_may_write) {
        asm volatile("wrfsbase %0" ::"r"(pointer) : "memory");
    } else {
        // Not by libc's syscall: the program's calls of that one come here, and this is none of them.
        long number = SYS_arch_prctl;
        asm volatile("syscall" : "+a"(number) : "D"(ARCH_SET_FS), "S"(pointer) : "rcx", "r11", "memory");
    }
}

int add_thread_bytes(dl_phdr_info* info, std::size_t, void* sum) {
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& header = info->dlpi_phdr[i];
        if (header.p_type == PT_TLS) *static_cast<std::size_t*>(sum) += header.p_memsz + header.p_align;
    }
    return 0;
}

// One page that may be read lies between two parts that may not. The pointer stands so close before it that
// the words which are the same in all threads are in the page, and those which are not are before it.
void* map_nobodys() {
    constexpr std::size_t more = std::size_t{1} << 20;  // what libraries that are loaded later may get
    std::size_t below = more;
    dl_iterate_phdr(add_thread_bytes, &below);
    below = (below + page_bytes - 1) & ~(page_bytes - 1);
    const auto bytes = below + page_bytes + more;
    on_demand.begin = reinterpret_cast<std::uintptr_t>(map_memory(0, bytes, "no memory for a thread"));
    on_demand.end = on_demand.begin + bytes;
    const auto shared = on_demand.begin + below;
    auto* const pointer = reinterpret_cast<unsigned char*>(shared - own_end);
    const auto* const own = static_cast<const unsigned char*>(thread_pointer());
    std::memcpy(pointer + own_end, own + own_end, shared_end - own_end);
    ::mprotect(reinterpret_cast<void*>(shared), page_bytes, PROT_READ);
    guard_memory(on_demand.begin, below);
    guard_memory(shared + page_bytes, more);
    return pointer;
}

void give_own_to(const Fiber& fiber) {
    write_register(fiber.thread_pointer);
    barrier();
    on_demand.held = fiber.thread_pointer;
}

bool is_blocked(int signal) {
    sigset_t blocked;
    return pthread_sigmask(SIG_SETMASK, nullptr, &blocked) != 0 || sigismember(&blocked, signal) != 0;
}

}  // namespace

int& errno_of(void* thread_pointer) {
    static const auto offset = reinterpret_cast<char*>(&errno) - static_cast<char*>(native::thread_pointer());
    return *reinterpret_cast<int*>(static_cast<char*>(thread_pointer) + offset);
}

void hand_thread_pointer_on(const Fiber& from, Fiber& to) {
    if (on_demand.nobodys == nullptr) {
        if (from.thread_pointer != to.thread_pointer) write_register(to.thread_pointer);
        return;
    }
    on_demand.running = &to;
    barrier();
    auto* wanted = on_demand.nobodys;
    if (to.times_at_once != 0) {
        --to.times_at_once;
        wanted = to.thread_pointer;
    } else {
        ++to.times_without;
    }
    if (on_demand.held == wanted || on_demand.held == to.thread_pointer) return;
    on_demand.held = wanted;
    barrier();
    write_register(wanted);
}

bool thread_pointers_are_dear() {
    const char* const set = std::getenv("REVENANT_THREAD_POINTERS");
    const std::string_view wish(set == nullptr ? "" : set);
    if (wish.empty()) return !program_may_write;
    if (wish != "on-demand" && wish != "at-once") {
        give_up(usage_error, "REVENANT_THREAD_POINTERS: neither at-once nor on-demand");
    }
    return wish == "on-demand";
}

ThreadPointersOnDemand::ThreadPointersOnDemand(bool are_dear) {
    if (!are_dear || is_blocked(SIGSEGV)) return;
    static void* const nobodys = map_nobodys();
    on_demand.held = thread_pointer();
    on_demand.running = nullptr;
    on_demand.nobodys = nobodys;
}

ThreadPointersOnDemand::~ThreadPointersOnDemand() {
    if (on_demand.nobodys == nullptr) return;
    if (on_demand.held == on_demand.nobodys) give_own_to(*on_demand.running);
    on_demand.nobodys = nullptr;
}

// Where the register holds a pointer already, the address is the program's mistake.
bool lends_thread_pointer(std::uintptr_t address) {
    auto& all = on_demand;
    if (all.nobodys == nullptr || all.held != all.nobodys || address - all.begin >= all.end - all.begin) {
        return false;
    }
    auto& fiber = *all.running;
    give_own_to(fiber);
    if (fiber.times_without < often) fiber.times_at_once = next_times;
    fiber.times_without = 0;
    return true;
}

}  // namespace revenant::model::native
