// std_atomic_core: what production has under basic_atomic: a std::atomic and nothing else.
#pragma once

#include <atomic>
#include <source_location>

#include <revenant/cells/atomics.hpp>

namespace revenant {

template <class T>
class std_atomic_core {
public:
    using value_type = T;
    using order = std::memory_order;
    static constexpr bool is_nothrow = true;

protected:
    using source = std::source_location;

    constexpr std_atomic_core(T initial, cell_name) noexcept : value_(initial) {}

    T load(order o, source, const char* = "") const noexcept { return value_.load(o); }
    void store(T v, order o, source, const char* = "") noexcept { value_.store(v, o); }
    T exchange(T v, order o, source, const char* = "") noexcept { return value_.exchange(v, o); }
    template <bool weak>
    bool compare_exchange(T& expected, T desired, order success, order failure, source) noexcept {
        if constexpr (weak) return value_.compare_exchange_weak(expected, desired, success, failure);
        return value_.compare_exchange_strong(expected, desired, success, failure);
    }
    template <atomic_change how>
    T change(atomic_operand<T> v, order o, source) noexcept {
        if constexpr (how == atomic_change::add) {
            return value_.fetch_add(v, o);
        } else if constexpr (how == atomic_change::sub) {
            return value_.fetch_sub(v, o);
        } else if constexpr (how == atomic_change::bit_or) {
            return value_.fetch_or(v, o);
        } else if constexpr (how == atomic_change::bit_and) {
            return value_.fetch_and(v, o);
        } else {
            return value_.fetch_xor(v, o);
        }
    }

private:
    std::atomic<T> value_;
};

}  // namespace revenant
