// How a value of the code under test becomes the number that a trace and a script have: the same in each
// world that shows values.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include <revenant/cells/atomics.hpp>
#include <revenant/model/operation.hpp>

namespace revenant::model {

/// What travels as a std::uint64_t.
template <class T>
concept Word64 = std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t);

namespace detail {

template <class T, bool = std::is_enum_v<T>>
struct Number {
    using type = T;
};
template <class T>
struct Number<T, true> {
    using type = std::underlying_type_t<T>;
};

}  // namespace detail

/// The bits of anything but a number are its own affair: padding may be among them.
template <class T>
[[nodiscard]] constexpr CellValue value_of() {
    using Number = typename detail::Number<T>::type;
    if constexpr (std::is_pointer_v<T>) return CellValue::pointer;
    if constexpr (!std::is_integral_v<Number>) return CellValue::opaque;
    return std::is_signed<Number>::value ? CellValue::signed_number : CellValue::number;
}

template <Word64 T>
[[nodiscard]] std::uint64_t to_word(const T& value) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        return static_cast<std::uint64_t>(value);  // a negative one stays negative
    } else {
        std::uint64_t word = 0;
        std::memcpy(&word, &value, sizeof value);
        return word;
    }
}
template <Word64 T>
[[nodiscard]] T from_word(std::uint64_t word) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        return static_cast<T>(word);
    } else {
        T value{};
        std::memcpy(&value, &word, sizeof value);
        return value;
    }
}

[[nodiscard]] constexpr OperationKind kind_of(atomic_change change) {
    switch (change) {
        case atomic_change::add: return OperationKind::fetch_add;
        case atomic_change::sub: return OperationKind::fetch_sub;
        case atomic_change::bit_or: return OperationKind::fetch_or;
        case atomic_change::bit_and: return OperationKind::fetch_and;
        case atomic_change::bit_xor: break;
    }
    return OperationKind::fetch_xor;
}

}  // namespace revenant::model
