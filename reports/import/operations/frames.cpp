#include "reports/import/operations/frames.hpp"

#include <algorithm>
#include <iterator>

#include "reports/import/operations/function_name.hpp"

namespace revenant::reports {
namespace {

template <std::size_t Size>
bool is_one_of(std::string_view name, const std::string_view (&names)[Size]) {
    return std::ranges::find(names, name) != std::end(names);
}
template <std::size_t Size>
bool begins_with_one_of(std::string_view name, const std::string_view (&begins)[Size]) {
    return std::ranges::any_of(begins, [&](auto begin) { return name.starts_with(begin); });
}

// `__interceptor_free`, `wrap_free`, `free$fbsdext`, `kfree+0x40/0x90`: the function that it stands for.
std::string plain(const Frame& frame) {
    auto name = bare_name(frame.function);
    for (const std::string_view prefix :
         {"___interceptor_", "__interceptor_", "__interceptor_trampoline_", "wrap_"}) {
        if (name.starts_with(prefix)) name.erase(0, prefix.size());
    }
    return name.substr(0, name.find_first_of("@+"));
}

constexpr std::string_view moving[] = {"realloc",       "reallocarray", "reallocf",          "g_realloc",
                                       "g_realloc_n",   "krealloc",     "je_realloc",        "mi_realloc",
                                       "tc_realloc",    "HeapReAlloc",  "RtlReAllocateHeap", "__rust_realloc",
                                       "_realloc_base", "mremap"};
constexpr std::string_view frees_all[] = {"free",
                                          "__libc_free",
                                          "_free_dbg",
                                          "_free_base",
                                          "__rust_dealloc",
                                          "__rdl_dealloc",
                                          "__rg_dealloc",
                                          "cfree",
                                          "munmap",
                                          "g_free",
                                          "g_slice_free1",
                                          "g_slice_free_chain",
                                          "kfree",
                                          "kvfree",
                                          "kmem_cache_free",
                                          "vfree",
                                          "kfree_sensitive",
                                          "slab_free",
                                          "_aligned_free",
                                          "HeapFree",
                                          "RtlFreeHeap",
                                          "VirtualFree",
                                          "free_pages",
                                          "__free_pages",
                                          "je_free",
                                          "mi_free",
                                          "tc_free",
                                          "object_dispose",
                                          "objc_destructInstance",
                                          "free_sized",
                                          "sdallocx",
                                          "kfree_rcu_work",
                                          "rcu_free_slab",
                                          "aligned_free"};

bool is_deleting(std::string_view name) {
    return name.starts_with("operator delete") || name.find("::operator delete") != name.npos;
}

}  // namespace

bool begins_thread(const Frame& frame) {
    constexpr std::string_view starts[] = {"clone",
                                           "__clone",
                                           "clone3",
                                           "__clone3",
                                           "__clone_internal",
                                           "start_thread",
                                           "_pthread_start",
                                           "_pthread_body",
                                           "thread_start",
                                           "pthread_start",
                                           "BaseThreadInitThunk",
                                           "RtlUserThreadStart",
                                           "g_thread_proxy",
                                           "__pthread_start",
                                           "kthread",
                                           "ret_from_fork",
                                           "ret_from_fork_asm",
                                           "thread_start_func",
                                           "asan_thread_start",
                                           "__start_thread",
                                           "_start",
                                           "__libc_start_main",
                                           "__libc_start_call_main"};
    return is_one_of(plain(frame), starts);
}

bool is_runtime(const Frame& frame) {
    const std::string_view file = frame.file;
    for (const std::string_view folder : {"libsanitizer", "compiler-rt", "sanitizer_common"}) {
        if (file.find(folder) != file.npos) return true;
    }
    const auto begin = std::string_view(frame.function).substr(0, 16);
    if (begin.find("_interceptor_") != begin.npos) return true;
    const auto name = plain(frame);
    if (is_one_of(name, moving) || is_one_of(name, frees_all)) return true;
    constexpr std::string_view begins[] = {"__asan_",
                                           "__tsan_",
                                           "__hwasan_",
                                           "__sanitizer_",
                                           "__ubsan_",
                                           "__lsan_",
                                           "__msan_",
                                           "kasan_",
                                           "__kasan_",
                                           "____kasan_",
                                           "kcsan_",
                                           "__kcsan_",
                                           "print_address_",
                                           "print_report",
                                           "dump_stack",
                                           "__dump_stack",
                                           "show_stack",
                                           "check_memory_region",
                                           "end_report",
                                           "slab_free_",
                                           "__slab_free",
                                           "__kmem_cache_free",
                                           "stack_trace_save",
                                           "save_stack",
                                           "__tsan::",
                                           "__asan::",
                                           "refcount_warn_saturate",
                                           "operator delete",
                                           "operator new",
                                           "asan_",
                                           "tsan_",
                                           "do_slab_free",
                                           "kmem_cache_alloc",
                                           "__kmalloc",
                                           "kmalloc"};
    constexpr std::string_view whole[] = {
        "malloc", "calloc", "memalign", "posix_memalign", "aligned_alloc", "memcpy", "memmove",
        "memset", "strlen", "memcmp",   "__memcpy",       "_dl_fini",      "strcmp"};
    return begins_with_one_of(name, begins) || is_one_of(name, whole);
}

Freeing freeing(const std::vector<Frame>& stack) {
    // The allocator is below everything of the program's own.
    for (const auto& frame : stack) {
        const auto name = plain(frame);
        if (is_one_of(name, moving)) return Freeing::moved;
        if (is_one_of(name, frees_all) || is_deleting(name)) return Freeing::free;
        if (!is_runtime(frame)) break;
    }
    return Freeing::none;
}

}  // namespace revenant::reports
