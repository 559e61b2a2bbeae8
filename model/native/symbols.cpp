#include "model/native/symbols.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <string_view>

#include "model/native/export.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

using std::string_view;

// Families in which everything would have to be modelled: what this library does not define is not.
constexpr string_view families[] = {"__tsan_", "__atomic_", "__sync_", "pthread_", "sem_",
                                    "mtx_",    "cnd_",      "thrd_",   "tss_",     "call_once"};
// … and of them, what neither blocks nor makes a thread, and asks for nothing that differs between two runs.
constexpr string_view harmless[] = {"pthread_self",       "pthread_equal",         "pthread_setname_np",
                                    "pthread_attr_",      "pthread_mutexattr_",    "pthread_condattr_",
                                    "pthread_getattr_np", "pthread_setcancelstate"};
// What starts processes, waits for others, or has signals as its way in.
constexpr string_view alone[] = {
    "fork",       "vfork",     "popen",          "system",      "posix_spawn", "posix_spawnp",
    "clone",      "signal",    "sigaction",      "sigwait",     "kill",        "raise",
    "alarm",      "setitimer", "timer_create",   "socket",      "connect",     "accept",
    "listen",     "select",    "poll",           "ppoll",       "pselect",     "epoll_create1",
    "epoll_wait", "eventfd",   "timerfd_create", "signalfd",    "mq_open",     "shm_open",
    "semop",      "msgrcv",    "swapcontext",    "makecontext", "setcontext"};

bool is_of_the_system(const char* name) {
    const string_view path = name;
    if (is_of_the_process(name)) return true;
    const auto file = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    return file.starts_with("libstdc++.") || file.starts_with("libc++") || file.starts_with("libm.") ||
           file.starts_with("libatomic.") || file.starts_with("libunwind.");
}

// The number of symbols of a table is told by its hash table alone.
std::size_t count_of(const std::uint32_t* hash) {
    const auto buckets = hash[0];
    const auto first = hash[1];
    const auto* const bucket = hash + 4 + hash[2] * (sizeof(std::size_t) / sizeof(std::uint32_t));
    const auto* const chain = bucket + buckets;
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < buckets; ++i) last = std::max(last, bucket[i]);
    if (last < first) return first;
    while ((chain[last - first] & 1) == 0) ++last;
    return last + 1;
}

int visit(dl_phdr_info* info, std::size_t, void* to) {
    if (is_of_the_system(info->dlpi_name)) return 0;
    const ElfW(Sym)* symbols = nullptr;
    const char* names = nullptr;
    const std::uint32_t* hash = nullptr;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        if (info->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
        const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
        for (; entry->d_tag != DT_NULL; ++entry) {
            if (entry->d_tag == DT_SYMTAB) symbols = reinterpret_cast<const ElfW(Sym)*>(entry->d_un.d_ptr);
            if (entry->d_tag == DT_STRTAB) names = reinterpret_cast<const char*>(entry->d_un.d_ptr);
            if (entry->d_tag == DT_GNU_HASH) hash = reinterpret_cast<const std::uint32_t*>(entry->d_un.d_ptr);
        }
    }
    if (symbols == nullptr || names == nullptr || hash == nullptr) return 0;
    auto& all = *static_cast<Symbols*>(to);
    for (std::size_t i = 0; i < count_of(hash); ++i) {
        if (symbols[i].st_shndx != SHN_UNDEF) continue;
        const std::string name = names + symbols[i].st_name;
        for (const string_view part : {"trylock", "timedlock", "clocklock"}) {
            all.tries_locks = all.tries_locks || name.find(part) != name.npos;
        }
        if (!why_refused(name).empty()) all.refused.push_back(name);
    }
    return 0;
}

bool is_ours(const std::string& name) {
    void* const found = ::dlsym(RTLD_DEFAULT, name.c_str());
    return found != nullptr && is_own_code(reinterpret_cast<std::uintptr_t>(found));
}

}  // namespace

std::string why_refused(const std::string& symbol) {
    const auto begins = [&](string_view part) { return symbol.starts_with(part); };
    if (std::find(std::begin(alone), std::end(alone), symbol) != std::end(alone)) {
        return "another process, a signal or a file decides what comes next";
    }
    const bool of_a_family = std::any_of(std::begin(families), std::end(families), begins);
    const bool is_harmless = std::any_of(std::begin(harmless), std::end(harmless), begins);
    if (!of_a_family || is_harmless || is_ours(symbol)) return {};
    return "there is no model of it";
}

Symbols program_symbols() {
    Symbols all;
    dl_iterate_phdr(visit, &all);
    std::sort(all.refused.begin(), all.refused.end());
    all.refused.erase(std::unique(all.refused.begin(), all.refused.end()), all.refused.end());
    return all;
}

}  // namespace revenant::model::native
