// located: an operand with the line that it stands on. An operator has no room for a default argument, but
// what its operand is converted to has.
// One use:  T operator=(located<T> v) { set(v.value, v.where); … }
#pragma once

#include <concepts>
#include <source_location>
#include <type_traits>
#include <utility>

namespace revenant {

template <class T>
struct located {
    using source = std::source_location;

    template <class U>
    requires(!std::same_as<std::remove_cvref_t<U>, located>) && std::convertible_to<U, T>
        // Implicit by intent: the operator's right side becomes one.
        constexpr located(U&& given,
                          source line = source::current()) noexcept(std::is_nothrow_convertible_v<U, T>)
        : value(static_cast<T>(std::forward<U>(given))),
    where(line) {}

    T value;
    [[no_unique_address]] source where;
};

}  // namespace revenant
