#include "model/native/symbols.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <iterator>
#include <set>
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
constexpr string_view harmless[] = {
    "pthread_equal",          "pthread_setname_np",    "pthread_attr_",
    "pthread_mutexattr_",     "pthread_condattr_",     "pthread_getattr_np",
    "pthread_setcancelstate", "pthread_getname_np",    "pthread_rwlockattr_",
    "pthread_setcanceltype",  "pthread_testcancel",    "pthread_setconcurrency",
    "pthread_barrierattr_",   "thrd_current",          "thrd_equal",
    "__atomic_is_lock_free",  "__atomic_feraiseexcept"};
// What changes which code runs, and cannot be refused where it is called. (What can be is in
// entry_system.cpp.)
constexpr string_view alone[] = {"vfork"};

bool is_of_the_system(const char* name) {
    const string_view path = name;
    if (is_of_the_process(name)) return true;
    const auto file = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    return file.starts_with("libstdc++.") || file.starts_with("libc++") || file.starts_with("libm.") ||
           file.starts_with("libatomic.") || file.starts_with("libunwind.");
}

/// What a module's dynamic section points to.
struct Tables {
    const ElfW(Sym) * symbols = nullptr;
    const char* names = nullptr;
    const ElfW(Rela) * relocations[2] = {};  ///< of data, of calls
    std::size_t bytes[2] = {};
};

Tables tables_of(const dl_phdr_info& info) {
    Tables tables;
    for (int i = 0; i < info.dlpi_phnum; ++i) {
        if (info.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
        const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(info.dlpi_addr + info.dlpi_phdr[i].p_vaddr);
        for (; entry->d_tag != DT_NULL; ++entry) {
            const auto at = entry->d_un.d_ptr;
            switch (entry->d_tag) {
                case DT_SYMTAB: tables.symbols = reinterpret_cast<const ElfW(Sym)*>(at); break;
                case DT_STRTAB: tables.names = reinterpret_cast<const char*>(at); break;
                case DT_RELA: tables.relocations[0] = reinterpret_cast<const ElfW(Rela)*>(at); break;
                case DT_RELASZ: tables.bytes[0] = entry->d_un.d_val; break;
                case DT_JMPREL: tables.relocations[1] = reinterpret_cast<const ElfW(Rela)*>(at); break;
                case DT_PLTRELSZ: tables.bytes[1] = entry->d_un.d_val; break;
                default: break;
            }
        }
    }
    return tables;
}

// No table says how many symbols there are (the hash table has those alone that others may ask for). But what
// a module wants of another one, the loader has put where a relocation says.
std::set<std::string> wanted_by(const Tables& tables) {
    std::set<std::string> wanted;
    if (tables.symbols == nullptr || tables.names == nullptr) return wanted;
    for (std::size_t table = 0; table < std::size(tables.relocations); ++table) {
        for (std::size_t i = 0; i < tables.bytes[table] / sizeof(ElfW(Rela)); ++i) {
            const auto& symbol = tables.symbols[ELF64_R_SYM(tables.relocations[table][i].r_info)];
            if (symbol.st_shndx == SHN_UNDEF && symbol.st_name != 0) {
                wanted.emplace(tables.names + symbol.st_name);
            }
        }
    }
    return wanted;
}

// A function that reads or writes a string. To get memory for one, and to give it back, is seen.
bool is_of_string(string_view symbol) {
    constexpr string_view beginnings[] = {
        "_ZNSt7__cxx1112basic_string", "_ZNKSt7__cxx1112basic_string", "_ZNSs", "_ZNKSs",
        "_ZNSt3__112basic_stringI",    "_ZNKSt3__112basic_stringI"};
    const auto begins = [&](string_view part) { return symbol.starts_with(part); };
    return std::any_of(std::begin(beginnings), std::end(beginnings), begins) &&
           symbol.find("9_M_createE") == symbol.npos && symbol.find("10_M_disposeE") == symbol.npos;
}

std::string name_of(const dl_phdr_info& info) {
    return *info.dlpi_name == '\0' ? "the program" : info.dlpi_name;
}

int look_at_module(dl_phdr_info* info, std::size_t, void* to) {
    if (is_of_the_system(info->dlpi_name)) return 0;
    auto& all = *static_cast<Symbols*>(to);
    bool is_seen = false;
    bool has_string = false;
    for (const auto& name : wanted_by(tables_of(*info))) {
        all.explores_here = all.explores_here || name == "revenant_explore_here";
        is_seen = is_seen || name.starts_with("__tsan_");
        has_string = has_string || is_of_string(name);
        if (!why_refused(name).empty()) all.refused.push_back({name, info->dlpi_name});
    }
    all.any_seen = all.any_seen || is_seen;
    if (!is_seen) all.unseen.push_back(name_of(*info));
    if (is_seen && has_string) all.strings_unseen.push_back(name_of(*info));
    return 0;
}

bool leads_to_ours(const std::string& name) {
    void* const found = ::dlsym(RTLD_DEFAULT, name.c_str());
    return found != nullptr && is_own_code(reinterpret_cast<std::uintptr_t>(found));
}

}  // namespace

const char* symbol_taken() {
    // Of libc++ some that lie in as many of its parts, which a program may have been linked with.
    for (const char* const name :
         {"__cxa_guard_acquire", "_Znwm", "_Znam", "_ZnwmSt11align_val_t", "_ZnamSt11align_val_t", "_ZdlPv",
          "_ZdaPv", "malloc", "pthread_create", "_ZNSt3__119__shared_weak_count4lockEv",
          "_ZNSt3__16futureIvE3getEv", "_ZNSt3__123__cxx_atomic_notify_oneEPVKv",
          "_ZNSt3__131__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh",
          "_ZNSt3__111__call_onceERVmPvPFvS2_E"}) {
        if (!leads_to_ours(name)) return name;
    }
    return nullptr;
}

std::string why_refused(const std::string& symbol) {
    const auto begins = [&](string_view part) { return symbol.starts_with(part); };
    const auto is_one_of = [&](const auto& list) {
        return std::find(std::begin(list), std::end(list), symbol) != std::end(list);
    };
    if (leads_to_ours(symbol)) return {};
    if (is_one_of(alone)) return "it goes on in another process";
    const bool of_a_family = std::any_of(std::begin(families), std::end(families), begins);
    const bool is_harmless = std::any_of(std::begin(harmless), std::end(harmless), begins);
    if (!of_a_family || is_harmless) return {};
    return "there is no model of it";
}

Symbols program_symbols() {
    Symbols all;
    dl_iterate_phdr(look_at_module, &all);
    std::sort(all.refused.begin(), all.refused.end());
    return all;
}

}  // namespace revenant::model::native
