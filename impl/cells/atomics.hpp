// basic_atomic: the members of std::atomic, with the same names, over the few operations that a world has.
// basic_atomic_flag: those of std::atomic_flag. strong_count and weak_count of a world are built here too.
//
// Ordering: exactly that of the std member of the same name; sequentially consistent where none is given.
// The line of a call is the last argument, by default the caller's. Of an operator that has an operand it is
// the operand's; `++`, `--` and a conversion have none, and stand in a trace with a line of this header.
// Differs from std: no volatile members. A const atomic on the right of `=` is loaded, and not refused.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <type_traits>

#include <revenant/cells/cell_name.hpp>
#include <revenant/cells/located.hpp>
#include <revenant/cells/orders.hpp>

namespace revenant {

/// What a read-modify-write that is no exchange does to the value.
enum class atomic_change : unsigned char { add, sub, bit_or, bit_and, bit_xor };

template <class T>
concept atomic_integer = std::integral<T> && !std::same_as<std::remove_cv_t<T>, bool>;
template <class T>
concept atomic_pointer = std::is_pointer_v<T> && std::is_object_v<std::remove_pointer_t<T>>;
template <class T>
concept atomic_sum = atomic_integer<T> || atomic_pointer<T> || std::floating_point<T>;
template <class T>
concept atomic_count = atomic_integer<T> || atomic_pointer<T>;

/// What is added to a value: of a pointer, elements.
template <class T>
using atomic_operand = std::conditional_t<std::is_pointer_v<T>, std::ptrdiff_t, T>;

/// The value after a change; an integer wraps at its own width.
template <atomic_change change, class T>
[[nodiscard]] constexpr T changed(T before, atomic_operand<T> v) noexcept {
    using enum atomic_change;
    if constexpr (std::integral<T>) {
        const auto a = static_cast<std::uint64_t>(before);
        const auto b = static_cast<std::uint64_t>(v);
        switch (change) {
            case add: return static_cast<T>(a + b);
            case sub: return static_cast<T>(a - b);
            case bit_or: return static_cast<T>(a | b);
            case bit_and: return static_cast<T>(a & b);
            case bit_xor: return static_cast<T>(a ^ b);
        }
    }
    return change == sub ? before - v : before + v;
}

/// `Core` holds the value: load, store, exchange, compare_exchange<weak> and change<atomic_change>, each
/// with an order, a line and, but for the last two, the verb of an operation that has a name of its own.
template <class Core>
class basic_atomic : protected Core {
public:
    using value_type = typename Core::value_type;
    using difference_type = atomic_operand<value_type>;
    using order = typename Core::order;
    using source = std::source_location;
    static constexpr bool is_always_lock_free = std::atomic<value_type>::is_always_lock_free;

    constexpr basic_atomic() noexcept(nothrow) : Core(value_type(), cell_name{}) {}
    /// Implicit, as that of std is.
    constexpr basic_atomic(value_type initial, cell_name name = {}) noexcept(nothrow) : Core(initial, name) {}
    basic_atomic(const basic_atomic&) = delete;
    // Takes nothing but an lvalue: of `a = 1` there is one way to read it.
    basic_atomic& operator=(basic_atomic&) = delete;

    [[nodiscard]] bool is_lock_free() const noexcept { return std::atomic<value_type>().is_lock_free(); }

    value_type load(order o = default_order, source where = source::current()) const noexcept(nothrow) {
        return Core::load(o, where);
    }
    void store(value_type v, order o = default_order, source where = source::current()) noexcept(nothrow) {
        Core::store(v, o, where);
    }
    value_type exchange(value_type v, order o = default_order,
                        source where = source::current()) noexcept(nothrow) {
        return Core::exchange(v, o, where);
    }
    bool compare_exchange_strong(value_type& expected, value_type desired, order success, order failure,
                                 source where = source::current()) noexcept(nothrow) {
        return Core::template compare_exchange<false>(expected, desired, success, failure, where);
    }
    bool compare_exchange_strong(value_type& expected, value_type desired, order o = default_order,
                                 source where = source::current()) noexcept(nothrow) {
        const order failure = order_of_failure(o);
        return Core::template compare_exchange<false>(expected, desired, o, failure, where);
    }
    bool compare_exchange_weak(value_type& expected, value_type desired, order success, order failure,
                               source where = source::current()) noexcept(nothrow) {
        return Core::template compare_exchange<true>(expected, desired, success, failure, where);
    }
    bool compare_exchange_weak(value_type& expected, value_type desired, order o = default_order,
                               source where = source::current()) noexcept(nothrow) {
        const order failure = order_of_failure(o);
        return Core::template compare_exchange<true>(expected, desired, o, failure, where);
    }

    value_type fetch_add(difference_type v, order o = default_order,
                         source where = source::current()) noexcept(nothrow) requires atomic_sum<value_type> {
        return Core::template change<atomic_change::add>(v, o, where);
    }
    value_type fetch_sub(difference_type v, order o = default_order,
                         source where = source::current()) noexcept(nothrow) requires atomic_sum<value_type> {
        return Core::template change<atomic_change::sub>(v, o, where);
    }
    value_type fetch_or(value_type v, order o = default_order, source where = source::current()) noexcept(
        nothrow) requires atomic_integer<value_type> {
        return Core::template change<atomic_change::bit_or>(v, o, where);
    }
    value_type fetch_and(value_type v, order o = default_order, source where = source::current()) noexcept(
        nothrow) requires atomic_integer<value_type> {
        return Core::template change<atomic_change::bit_and>(v, o, where);
    }
    value_type fetch_xor(value_type v, order o = default_order, source where = source::current()) noexcept(
        nothrow) requires atomic_integer<value_type> {
        return Core::template change<atomic_change::bit_xor>(v, o, where);
    }

    operator value_type() const noexcept(nothrow) { return load(); }
    value_type operator=(located<value_type> v) noexcept(nothrow) {
        store(v.value, default_order, v.where);
        return v.value;
    }
    value_type operator++() noexcept(nothrow) requires atomic_count<value_type> {
        return changed<atomic_change::add>(fetch_add(1), 1);
    }
    value_type operator--() noexcept(nothrow) requires atomic_count<value_type> {
        return changed<atomic_change::sub>(fetch_sub(1), 1);
    }
    value_type operator++(int) noexcept(nothrow) requires atomic_count<value_type> { return fetch_add(1); }
    value_type operator--(int) noexcept(nothrow) requires atomic_count<value_type> { return fetch_sub(1); }
    value_type operator+=(located<difference_type> v) noexcept(nothrow) requires atomic_sum<value_type> {
        return changed<atomic_change::add>(fetch_add(v.value, default_order, v.where), v.value);
    }
    value_type operator-=(located<difference_type> v) noexcept(nothrow) requires atomic_sum<value_type> {
        return changed<atomic_change::sub>(fetch_sub(v.value, default_order, v.where), v.value);
    }
    value_type operator|=(located<value_type> v) noexcept(nothrow) requires atomic_integer<value_type> {
        return changed<atomic_change::bit_or>(fetch_or(v.value, default_order, v.where), v.value);
    }
    value_type operator&=(located<value_type> v) noexcept(nothrow) requires atomic_integer<value_type> {
        return changed<atomic_change::bit_and>(fetch_and(v.value, default_order, v.where), v.value);
    }
    value_type operator^=(located<value_type> v) noexcept(nothrow) requires atomic_integer<value_type> {
        return changed<atomic_change::bit_xor>(fetch_xor(v.value, default_order, v.where), v.value);
    }

private:
    static constexpr bool nothrow = Core::is_nothrow;
};

/// `Core` is that of an atomic bool.
template <class Core>
class basic_atomic_flag : protected Core {
public:
    using order = typename Core::order;
    using source = std::source_location;

    constexpr explicit basic_atomic_flag(cell_name name = {}) noexcept(nothrow) : Core(false, name) {}
    basic_atomic_flag(const basic_atomic_flag&) = delete;
    basic_atomic_flag& operator=(const basic_atomic_flag&) = delete;

    bool test_and_set(order o = default_order, source where = source::current()) noexcept(nothrow) {
        return Core::exchange(true, o, where, "test_and_set");
    }
    void clear(order o = default_order, source where = source::current()) noexcept(nothrow) {
        Core::store(false, o, where, "clear");
    }
    bool test(order o = default_order, source where = source::current()) const noexcept(nothrow) {
        return Core::load(o, where, "test");
    }

private:
    static constexpr bool nothrow = Core::is_nothrow;
};

/// An atomic that counts references: `strong_count<int> refs{1}`.
template <class Atomic, cell_role role>
class counting : public Atomic {
public:
    using value_type = typename Atomic::value_type;
    /// The name's text has static storage duration; without one it is `strong` or `weak`.
    constexpr counting(value_type initial = value_type(), const char* name = "")
        : Atomic(initial, cell_name{name, role}) {}
    using Atomic::operator=;
};

/// What an atomic of a world has to offer.
template <class A, class T>
concept atomic_cell = requires(A a, T n, std::memory_order order, std::source_location where) {
    { a.load(order, where) } -> std::same_as<T>;
    {a.store(n, order, where)};
    { a.exchange(n, order, where) } -> std::same_as<T>;
    { a.fetch_add(n, order, where) } -> std::same_as<T>;
    { a.fetch_sub(n, order, where) } -> std::same_as<T>;
    { a.fetch_or(n, order, where) } -> std::same_as<T>;
    { a.fetch_and(n, order, where) } -> std::same_as<T>;
    { a.fetch_xor(n, order, where) } -> std::same_as<T>;
    { a.compare_exchange_strong(n, n, order, order, where) } -> std::same_as<bool>;
    { a.compare_exchange_weak(n, n, order, order, where) } -> std::same_as<bool>;
    { a.compare_exchange_strong(n, n, order, where) } -> std::same_as<bool>;
    { a.compare_exchange_weak(n, n, order, where) } -> std::same_as<bool>;
};
template <class F>
concept atomic_flag_cell = requires(F f, std::memory_order order, std::source_location where) {
    { f.test_and_set(order, where) } -> std::same_as<bool>;
    { f.test(order, where) } -> std::same_as<bool>;
    {f.clear(order, where)};
};

}  // namespace revenant
