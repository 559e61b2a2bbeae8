// Allocation in the model world: the global operators, and the objects that have a name.
#include <memory>

#include "model/relacy/steps.hpp"
#include "model/relacy/untracked.hpp"

// Relacy's replacements of the global operators are inline: which of them a compiler leaves in the
// program is its own affair, and clang leaves new out while delete stays. All of them, or none.
[[gnu::used]] static void* (*const keep_new)(std::size_t) = &operator new;
[[gnu::used]] static void* (*const keep_new_array)(std::size_t) = &operator new[];
[[gnu::used]] static void (*const keep_delete)(void*) noexcept = &operator delete;
[[gnu::used]] static void (*const keep_delete_array)(void*) noexcept = &operator delete[];

// Relacy replaces the unsized operator delete only. Code that is compiled with sized deallocation,
// a library's included, would free a block of Relacy's with the wrong function.
void operator delete(void* p, std::size_t) noexcept { ::operator delete(p); }
void operator delete[](void* p, std::size_t) noexcept { ::operator delete[](p); }

namespace revenant::model::relacy {
namespace {

// Protected in Relacy, and the only way to say that an allocation is not the program's.
struct Open : rl::context {
    static int& disable_alloc() { return rl::ctx().*(&Open::disable_alloc_); }
};

// The step that makes a block.
void add_block(const char* label, const void* memory, std::size_t size, void* allocated, source where) {
    auto operation =
        operation_on(OperationKind::allocate, recorder().add_block(label, memory, size, allocated), where);
    operation.on_block = true;
    recorder().announce(operation);
    step_done(operation);
    fail_if_endless();
}

}  // namespace

Untracked::Untracked() {
    if (rl::is_ctx()) ++Open::disable_alloc();
}
Untracked::~Untracked() {
    if (rl::is_ctx()) --Open::disable_alloc();
}

namespace detail {

void* allocate(std::size_t size, std::size_t alignment, const char* label, source where) {
    raise_if_due();
    // Relacy's memory has the usual alignment: for more there is a place further on in what is larger.
    const std::size_t more = alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__ ? alignment : 0;
    void* const allocated = rl::ctx().alloc(size + more, false, here(where));
    void* memory = allocated;
    std::size_t space = size + more;
    if (more != 0) static_cast<void>(std::align(alignment, size, memory, space));
    add_block(label, memory, size, allocated, where);
    return memory;
}

void allocate_in(void* place, std::size_t size, const char* label, source where) {
    raise_if_due();
    add_block(label, place, size, nullptr, where);
}

void begin_free(const void* object, source where) {
    raise_if_due();
    auto operation = operation_on(OperationKind::free, recorder().live_block(object), where);
    operation.on_block = true;
    recorder().announce(operation);
    if (operation.target == no_id) {
        fail({FindingKind::double_free, "memory is freed once"});
    }
}

void end_free(void* object, source where) {
    if (const auto access = recorder().freeing(recorder().live_block(object))) take_step(*access);
    const auto block = recorder().live_block(object);
    if (block == no_id) {  // another thread's destroy has overtaken this one
        fail({FindingKind::double_free, "memory is freed once"});
    }
    auto operation = operation_on(OperationKind::free, block, where);
    operation.on_block = true;
    recorder().done(operation);
    recorder().freed(block);
    if (auto* const allocated = recorder().allocated(block)) rl::ctx().free(allocated, false, here(where));
    look_after_step();
}

}  // namespace detail
}  // namespace revenant::model::relacy
