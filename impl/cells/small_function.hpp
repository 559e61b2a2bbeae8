// small_function: a function object in place, for what a scenario says in its setup. It needs no destructor
// and no heap: an execution that fails is abandoned, and what it held is never given back.
//
// Lifetime: that of what the function captures by reference is the caller's to watch.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

namespace revenant::detail {

template <class Result>
class small_function {
public:
    small_function() = default;
    template <class F>
    requires(!std::is_same_v<F, small_function>) explicit small_function(F f)
        : call_([](void* self) -> Result { return (*static_cast<F*>(self))(); }) {
        static_assert(sizeof(F) <= sizeof(storage_), "a scenario's function captures at most eight words");
        static_assert(std::is_trivially_destructible_v<F> && std::is_trivially_copyable_v<F>,
                      "a scenario's function captures references and plain values: an execution that fails "
                      "is abandoned, and no destructor runs");
        ::new (storage_) F(f);
    }
    Result operator()() { return call_(storage_); }

private:
    alignas(std::max_align_t) std::byte storage_[8 * sizeof(void*)];
    Result (*call_)(void*) = nullptr;
};

}  // namespace revenant::detail
