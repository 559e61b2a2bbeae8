// malloc and its kin, operators new and delete.
//
// Whoever asks within an execution gets memory of the arena; whoever asks before main, memory that is put
// back to what it was before each execution; this library itself and libc, memory of libc: the buffer of
// stdout, say, outlives the execution that has written first.
#include "model/native/entry_heap.hpp"

#include <malloc.h>

#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <new>
#include <unordered_set>

#include "model/native/export.hpp"
#include "model/native/heap.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"
#include "model/native/start.hpp"

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* old);
}

namespace revenant::model::native {
namespace {

bool is_ours(const void* address) { return in_arena(number_of(address)); }

/// What libc has allocated, and the program may have to free: the result of getline, of realpath.
std::unordered_set<void*>& of_libc() {
    static auto& all = *new std::unordered_set<void*>;
    return all;
}

constexpr std::size_t page_size = 4096;

/// More than any object can have, with what an allocator keeps of it: no allocation succeeds.
bool is_too_large(std::size_t size) { return size > std::size_t{PTRDIFF_MAX} - page_size; }

void* allocate(std::size_t alignment, std::size_t size, std::uintptr_t place,
               AllocatedBy by = AllocatedBy::malloc) {
    if (is_too_large(size)) {
        errno = ENOMEM;
        return nullptr;
    }
    const bool is_of_process = is_code_of_the_process(place);
    if (!is_of_process) {
        if (machine().is_running()) return machine().allocate(size, alignment, place, by);
        if (phase() == Phase::before_main) return Heap::allocate_before(size, alignment);
    }
    void* const made = alignment <= 16 ? __libc_malloc(size) : __libc_memalign(alignment, size);
    if (is_of_process && !is_own_code(place) && made != nullptr) of_libc().insert(made);
    return made;
}

/// As `new` with nothrow: asks the handler that the program has set before it gives up.
void* allocate_or_null(std::size_t alignment, std::size_t size, std::uintptr_t place, AllocatedBy by) {
    if (!is_too_large(size)) return allocate(alignment, size, place, by);
    const auto fails = next_function<void*(std::size_t, const std::nothrow_t&)>("_ZnwmRKSt9nothrow_t");
    return fails == nullptr ? nullptr : fails(size, std::nothrow);
}
void* allocate_or_throw(std::size_t alignment, std::size_t size, std::uintptr_t place, AllocatedBy by) {
    if (!is_too_large(size)) return allocate(alignment, size, place, by);
    // The program's own library has the exception, and the handler that is asked before.
    const auto throws = next_function<void*(std::size_t)>("_Znwm");
    if (throws == nullptr) machine().not_modelled("new of more than there can be");
    return throws(size);
}

bool is_alignment(std::size_t alignment) { return std::has_single_bit(alignment); }

void release(void* old, std::uintptr_t place, AllocatedBy by = AllocatedBy::malloc) {
    if (old == nullptr) return;
    if (is_ours(old)) {
        if (machine().is_running()) machine().free(number_of(old), place, by);
        return;
    }
    const bool is_own = is_own_code(place);
    const bool is_libcs = !is_own && of_libc().erase(old) != 0;
    if (machine().is_running() && !is_libcs && !is_code_of_the_process(place)) {
        machine().free(number_of(old), place, by);  // which has something to say of it
    }
    __libc_free(old);
}

std::size_t size_of(const void* address) {
    auto& all = machine();
    const auto block = all.heap.block_at(number_of(address));
    if (block >= 0) return all.heap.blocks()[static_cast<std::size_t>(block)].size;
    return is_ours(address) ? Heap::size_before(number_of(address)) : 0;
}

}  // namespace

void* reallocate(void* old, std::size_t size, std::uintptr_t place) {
    if (old == nullptr) return allocate(16, size, place);
    if (!is_ours(old) && (!machine().is_running() || is_code_of_the_process(place))) {
        if (is_own_code(place)) return __libc_realloc(old, size);
        of_libc().erase(old);
        void* const made = __libc_realloc(old, size);
        if (made != nullptr) of_libc().insert(made);
        return made;
    }
    if (size == 0) {
        release(old, place);
        return nullptr;
    }
    const auto before = is_ours(old) ? size_of(old) : malloc_usable_size(old);
    void* const made = allocate(16, size, place);
    if (made == nullptr) return nullptr;
    std::memcpy(made, old, before < size ? before : size);
    release(old, place);
    return made;
}

REVENANT_EXPORT void* malloc(std::size_t size) { return allocate(16, size, REVENANT_PLACE); }
REVENANT_EXPORT void free(void* old) { release(old, REVENANT_PLACE); }
REVENANT_EXPORT void* calloc(std::size_t count, std::size_t size) {
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return nullptr;
    }
    void* const made = allocate(16, bytes, REVENANT_PLACE);
    if (made != nullptr && !is_ours(made)) __builtin_memset(made, 0, bytes);
    return made;
}
REVENANT_EXPORT void* realloc(void* old, std::size_t size) { return reallocate(old, size, REVENANT_PLACE); }
REVENANT_EXPORT void* reallocarray(void* old, std::size_t count, std::size_t size) {
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return nullptr;
    }
    return reallocate(old, bytes, REVENANT_PLACE);
}
REVENANT_EXPORT void* memalign(std::size_t alignment, std::size_t size) {
    return allocate(std::bit_ceil(alignment), size, REVENANT_PLACE);
}
REVENANT_EXPORT void* aligned_alloc(std::size_t alignment, std::size_t size) {
    if (is_alignment(alignment)) return allocate(alignment, size, REVENANT_PLACE);
    errno = EINVAL;
    return nullptr;
}
REVENANT_EXPORT void* valloc(std::size_t size) { return allocate(page_size, size, REVENANT_PLACE); }
REVENANT_EXPORT void* pvalloc(std::size_t size) {
    const auto in_pages = (size + page_size - 1) / page_size * page_size;
    return allocate(page_size, is_too_large(size) ? size : in_pages, REVENANT_PLACE);
}
REVENANT_EXPORT int posix_memalign(void** to, std::size_t alignment, std::size_t size) {
    if (!is_alignment(alignment) || alignment % sizeof *to != 0) return EINVAL;
    if (is_too_large(size)) return ENOMEM;
    *to = allocate(alignment, size, REVENANT_PLACE);
    return 0;
}
REVENANT_EXPORT std::size_t malloc_usable_size(void* address) {
    if (is_ours(address)) return size_of(address);
    const auto next = next_function<std::size_t(void*)>("malloc_usable_size");
    return next(address);
}

}  // namespace revenant::model::native

using revenant::model::native::allocate_or_null;
using revenant::model::native::allocate_or_throw;
using revenant::model::native::AllocatedBy;
using revenant::model::native::release;

REVENANT_TAKES_PLACE void* operator new(std::size_t size) {
    return allocate_or_throw(16, size, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void* operator new[](std::size_t size) {
    return allocate_or_throw(16, size, REVENANT_PLACE, AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocate_or_throw(static_cast<std::size_t>(alignment), size, REVENANT_PLACE,
                             AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void* operator new[](std::size_t size, std::align_val_t alignment) {
    return allocate_or_throw(static_cast<std::size_t>(alignment), size, REVENANT_PLACE,
                             AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_or_null(16, size, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_or_null(16, size, REVENANT_PLACE, AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void* operator new(std::size_t size, std::align_val_t alignment,
                                        const std::nothrow_t&) noexcept {
    return allocate_or_null(static_cast<std::size_t>(alignment), size, REVENANT_PLACE,
                            AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void* operator new[](std::size_t size, std::align_val_t alignment,
                                          const std::nothrow_t&) noexcept {
    return allocate_or_null(static_cast<std::size_t>(alignment), size, REVENANT_PLACE,
                            AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void operator delete(void* old) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void operator delete[](void* old) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void operator delete(void* old, std::size_t) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void operator delete[](void* old, std::size_t) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void operator delete(void* old, std::align_val_t) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void operator delete[](void* old, std::align_val_t) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void operator delete(void* old, std::size_t, std::align_val_t) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void operator delete[](void* old, std::size_t, std::align_val_t) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_array);
}
REVENANT_TAKES_PLACE void operator delete(void* old, const std::nothrow_t&) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_object);
}
REVENANT_TAKES_PLACE void operator delete[](void* old, const std::nothrow_t&) noexcept {
    release(old, REVENANT_PLACE, AllocatedBy::new_array);
}
