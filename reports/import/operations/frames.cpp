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

// What a container calls when its block has become too small.
constexpr std::string_view growing[] = {"_M_realloc_insert",
                                        "_M_realloc_append",
                                        "_M_default_append",
                                        "_M_fill_insert",
                                        "_M_range_insert",
                                        "_M_reallocate_map",
                                        "_M_rehash",
                                        "_M_rehash_aux",
                                        "_M_mutate",
                                        "__push_back_slow_path",
                                        "__emplace_back_slow_path",
                                        "__swap_out_circular_buffer",
                                        "__rehash",
                                        "grow_pod",
                                        "expandCapacity"};

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
    // In whatever namespace a library has them.
    constexpr std::string_view members[] = {"execute_native_thread_routine",
                                            "execute_native_thread_routine_compat",
                                            "thread_proxy",
                                            "__thread_proxy",
                                            "thread_start",
                                            "ThreadFunc",
                                            "invoke_thread_procedure",
                                            "_threadstartex",
                                            "__GI___clone",
                                            "__GI___clone3",
                                            "__libc_start_main_impl",
                                            "__libc_start_call_main_impl",
                                            "lwp_start",
                                            "_lwp_start",
                                            "thr_start",
                                            "__thread_start",
                                            "_thread_start",
                                            "goexit"};
    const auto name = plain(frame);
    return is_one_of(name, starts) || is_one_of(last_part(name), members);
}

bool is_atomic_operation(const Frame& frame) {
    const auto name = function_name(frame.function);
    constexpr std::string_view owners[] = {"atomic",        "__atomic_base",       "atomic_ref",
                                           "__atomic_impl", "QBasicAtomicInteger", "QAtomicInt",
                                           "QAtomicInteger"};
    const bool constructs = last_part(name.owner) == name.word;
    const bool of_go =
        name.bare.starts_with("sync/atomic.") || name.bare.starts_with("internal/runtime/atomic.");
    return of_go || (is_one_of(last_part(name.owner), owners) && !constructs) ||
           name.word.starts_with("__atomic_") || name.word.starts_with("__sync_");
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

bool is_given_out(const std::vector<Frame>& stack) {
    constexpr std::string_view allocators[] = {"operator new", "malloc",         "calloc",       "realloc",
                                               "memalign",     "posix_memalign", "aligned_alloc"};
    if (stack.empty()) return false;
    const auto name = plain(stack.front());
    return std::ranges::any_of(allocators, [&](auto allocator) { return name.starts_with(allocator); });
}

Freeing freeing(const std::vector<Frame>& stack) {
    // The allocator is below everything of the program's own.
    auto found = Freeing::none;
    for (const auto& frame : stack) {
        const auto name = plain(frame);
        if (is_one_of(name, moving)) return Freeing::moved;
        if (is_one_of(name, frees_all) || is_deleting(name)) {
            found = Freeing::free;
        } else if (found == Freeing::free && is_one_of(last_part(name), growing)) {
            return Freeing::moved;
        } else if (!is_runtime(frame) && (found == Freeing::none || !name.starts_with("std::"))) {
            break;
        }
    }
    return found;
}

}  // namespace revenant::reports
