// basic_var: plain shared data of any type, with the access written out or by operators, over what a world
// has for it. Every access counts, so that a data race on it is found; none of them orders anything.
//
// Lifetime: `read` and `write` lend the value. The access counts at the call: what is done through the
// reference later, after an unlock for example, is seen by nobody. Take it anew in each critical section.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <source_location>
#include <type_traits>
#include <utility>

#include <revenant/cells/cell_name.hpp>
#include <revenant/cells/located.hpp>

namespace revenant {

/// `Core` has value_type, is_word (whether a world shows its values, and so wants each one handed over), get,
/// set, read and write.
template <class Core>
class basic_var : protected Core {
public:
    using value_type = typename Core::value_type;
    using difference_type = std::conditional_t<std::is_pointer_v<value_type>, std::ptrdiff_t, value_type>;
    using source = std::source_location;

    constexpr basic_var() : Core(value_type(), cell_name{}) {}
    constexpr basic_var(value_type initial, cell_name name = {}) : Core(std::move(initial), name) {}
    /// A read of the other one; the copy has no name.
    constexpr basic_var(const basic_var& other) : Core(other.get(), cell_name{}) {}

    decltype(auto) get(source where = source::current()) const { return Core::get(where); }
    void set(value_type v, source where = source::current()) { Core::set(std::move(v), where); }
    const value_type& read(source where = source::current()) const { return Core::read(where); }
    value_type& write(source where = source::current()) { return Core::write(where); }

    /// Calls `change` with a reference to the value; it does no operation of a Platform's on its own. Returns
    /// what that returns, by value.
    template <class Change>
    auto update(Change&& change, source where = source::current()) {
        if constexpr (!Core::is_word) {
            return std::invoke(std::forward<Change>(change), Core::write(where));
        } else {
            value_type value = Core::get(where);
            if constexpr (std::is_void_v<std::invoke_result_t<Change, value_type&>>) {
                std::invoke(std::forward<Change>(change), value);
                Core::set(value, where);
            } else {
                auto result = std::invoke(std::forward<Change>(change), value);
                Core::set(value, where);
                return result;
            }
        }
    }

    operator value_type() const { return get(); }
    basic_var& operator=(located<value_type> v) {
        Core::set(std::move(v.value), v.where);
        return *this;
    }
    // From an lvalue: of `a = 1` there is one way to read it.
    basic_var& operator=(basic_var& other) {
        set(other.get());
        return *this;
    }

    value_type operator++() requires std::weakly_incrementable<value_type> {
        return update([](value_type& v) { return ++v; });
    }
    value_type operator++(int) requires std::weakly_incrementable<value_type> {
        return update([](value_type& v) { return v++; });
    }
    value_type operator--() requires std::weakly_incrementable<value_type> {
        return update([](value_type& v) { return --v; });
    }
    value_type operator--(int) requires std::weakly_incrementable<value_type> {
        return update([](value_type& v) { return v--; });
    }
    basic_var& operator+=(located<difference_type> v) {
        return apply(v, [](auto& a, auto& b) { a += b; });
    }
    basic_var& operator-=(located<difference_type> v) {
        return apply(v, [](auto& a, auto& b) { a -= b; });
    }
    basic_var& operator*=(located<value_type> v) {
        return apply(v, [](auto& a, auto& b) { a *= b; });
    }
    basic_var& operator/=(located<value_type> v) {
        return apply(v, [](auto& a, auto& b) { a /= b; });
    }
    basic_var& operator%=(located<value_type> v) {
        return apply(v, [](auto& a, auto& b) { a %= b; });
    }
    basic_var& operator|=(located<value_type> v) {
        return apply(v, [](auto& a, auto& b) { a |= b; });
    }
    basic_var& operator&=(located<value_type> v) {
        return apply(v, [](auto& a, auto& b) { a &= b; });
    }
    basic_var& operator^=(located<value_type> v) {
        return apply(v, [](auto& a, auto& b) { a ^= b; });
    }

private:
    template <class Operand, class Change>
    basic_var& apply(const located<Operand>& operand, Change change) {
        update([&](value_type& v) { change(v, operand.value); }, operand.where);
        return *this;
    }
};

}  // namespace revenant
