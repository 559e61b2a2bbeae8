// What the program finds here in place of libc++'s own functions: those of its library that have atomics in
// them, which nobody compiles with -fsanitize=thread. Of the stable ABI (version 1), the same in libc++ 14
// and 19, on x86-64.
#pragma once

#include "model/native/atomics.hpp"
#include "model/native/export.hpp"

/// A function in the place of one of libc++'s, by what the linker calls it behind std::__1.
#define REVENANT_IN_LIBCXX(name, result, function, ...)                               \
    REVENANT_TAKES_PLACE result libcxx_##function(__VA_ARGS__) asm("_ZNSt3__1" name); \
    result libcxx_##function(__VA_ARGS__)

namespace revenant::model::native {

/// libc++'s __shared_count. A count is less by one than who refers to it.
struct SharedCount {
    enum Function : std::uint8_t { on_zero_shared = 2, on_zero_shared_weak = 4 };
    void (*const* functions)(SharedCount*);  ///< the virtual ones
    long owners;

    void call(Function function) { functions[function](this); }
};
/// __shared_weak_count.
struct WeakCount : SharedCount {
    long weak_owners;
};
static_assert(sizeof(WeakCount) == 24);

/// On a thread of the program, or before there is one. `place`: of the program's code.
void add_reference(long& count, std::uintptr_t place);
/// Whether it was the last.
[[nodiscard]] bool drop_reference(long& count, std::uintptr_t place);
/// … to an object, which is destroyed then.
bool release_shared(SharedCount& object, std::uintptr_t place);

}  // namespace revenant::model::native
