// AtomicCore: what real threads under the gate have below basic_atomic: a std::atomic behind the gate.
//
// Ordering: that of the std member of the same name, or of the override in force for its site.
#pragma once

#include <atomic>
#include <cstdint>

#include <revenant/cells/atomics.hpp>
#include <revenant/model/cell_value.hpp>
#include <revenant/model/order_override.hpp>
#include <revenant/model/threads/gate.hpp>
#include <revenant/platform.hpp>

namespace revenant::model::threads {

/// The order that a place in the code runs with: what it asks for, or the override for its name.
struct Order {
    std::memory_order order;
    Order(std::memory_order o) : order(o) {}
    Order(const order_site& site) : order(overridden(site.name, site.order)) {}
    operator std::memory_order() const { return order; }
};

namespace detail {

/// A value as the gate compares it: see CellValue.
template <class T>
[[nodiscard]] std::uint64_t word(const T& value) {
    const auto bits = to_word(value);
    return std::is_pointer<T>::value ? gate::pointer_of(bits) : bits;
}

inline void name_cell(gate::ObjectClass type, const void* at, const cell_name& name, CellValue value) {
    if (!gate::follows_script()) return;
    gate::add_cell(type, at, name, name.role == cell_role::opaque ? CellValue::opaque : value);
}

}  // namespace detail

// Atomics and plain values have eight bytes each. ThreadSanitizer remembers four accesses of every eight
// bytes, and forgets one at random when there are more: of two counters side by side it missed a race
// once in 300 runs, of two plain values in every other run.
template <class T>
class alignas(8) AtomicCore {
public:
    using value_type = T;
    using order = Order;
    static constexpr bool is_nothrow = false;

protected:
    using source = std::source_location;

    AtomicCore(T initial, cell_name name) : value_(initial) {
        detail::name_cell(gate::ObjectClass::atomic, this, name, value_of<T>());
    }

    T load(Order o, source, const char* = "") const {
        if (gate::looks()) return looked_at();
        enter(OperationKind::load);
        const T seen = value_.load(o.order);
        gate::leave(detail::word(seen));
        return seen;
    }
    void store(T v, Order o, source, const char* = "") {
        enter(OperationKind::store);
        value_.store(v, o.order);
        gate::leave(0, detail::word(v));
    }
    T exchange(T v, Order o, source, const char* = "") {
        enter(OperationKind::exchange);
        const T before = value_.exchange(v, o.order);
        gate::leave(detail::word(before), detail::word(v));
        return before;
    }
    /// A weak one never fails spuriously while a script is followed: no schedule of the model that needs it
    /// is taken for a script.
    template <bool weak>
    bool compare_exchange(T& expected, T desired, Order success, Order failure, source) {
        enter(weak ? OperationKind::cas_weak : OperationKind::cas_strong);
        const bool stored =
            weak && !gate::follows_script()
                ? value_.compare_exchange_weak(expected, desired, success.order, failure.order)
                : value_.compare_exchange_strong(expected, desired, success.order, failure.order);
        gate::leave(detail::word(expected), detail::word(desired), !stored);
        return stored;
    }
    template <atomic_change how>
    T change(atomic_operand<T> v, Order o, source) {
        enter(kind_of(how));
        const T before = perform<how>(v, o.order);
        gate::leave(detail::word(before), detail::word(changed<how>(before, v)));
        return before;
    }

private:
    void enter(OperationKind kind) const { gate::enter(kind, gate::ObjectClass::atomic, this); }

    // Relaxed: nobody relies on it. One thread at a time goes on, and to a sanitizer a look must put nothing
    // in order: a stronger load would hide the races that are to be shown.
    T looked_at() const {
        std::uint64_t word = 0;
        return gate::peek(&value_, sizeof value_, word) ? from_word<T>(word)
                                                        : value_.load(std::memory_order::relaxed);
    }

    template <atomic_change how>
    T perform(atomic_operand<T> v, std::memory_order o) {
        if constexpr (how == atomic_change::add) return value_.fetch_add(v, o);
        if constexpr (how == atomic_change::sub) return value_.fetch_sub(v, o);
        if constexpr (how == atomic_change::bit_or) return value_.fetch_or(v, o);
        if constexpr (how == atomic_change::bit_and) return value_.fetch_and(v, o);
        if constexpr (how == atomic_change::bit_xor) return value_.fetch_xor(v, o);
    }

    std::atomic<T> value_;
};

}  // namespace revenant::model::threads
