// What functions of libc on strings have in common: with those that know the room for their result, and with
// those on strings of wide letters.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/native/caller.hpp"

namespace revenant::model::native {

constexpr auto all_of_it = ~std::size_t{0};

/// How many letters of two strings a comparison looks at, which takes each for what `as` makes of it.
template <class Letter, class As>
std::size_t compared_letters(const Letter* a, const Letter* b, std::size_t most, As as) {
    std::size_t size = 0;
    while (size < most && as(a[size]) == as(b[size]) && a[size] != Letter{}) ++size;
    return size < most ? size + 1 : most;
}
template <class Letter, class As>
auto compared(const Caller& caller, const Letter* a, const Letter* b, std::size_t most, As as) {
    const auto size = compared_letters(a, b, most, as) * sizeof(Letter);
    caller.reads(a, size);
    caller.reads(b, size);
    const auto last = compared_letters(a, b, most, as);
    return last == 0 ? as(Letter{}) - as(Letter{}) : as(a[last - 1]) - as(b[last - 1]);
}

/// Of a string and the zero behind it.
template <class Letter>
Letter* copied(Letter* to, const Letter* from, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    to[size] = Letter{};
    return to;
}
template <class Letter>
Letter* copy_text(const Caller& caller, Letter* to, const Letter* from) {
    const auto bytes = (Caller::length(from) + 1) * sizeof(Letter);
    caller.reads(from, bytes);
    caller.writes(to, bytes);
    return copied(to, from, Caller::length(from));
}
/// As strncpy: zeros behind a short one, none behind a long one.
template <class Letter>
Letter* copy_text(const Caller& caller, Letter* to, const Letter* from, std::size_t most) {
    caller.reads_text(from, most);
    caller.writes(to, most * sizeof(Letter));
    const auto size = Caller::length(from, most);
    for (std::size_t i = 0; i < most; ++i) to[i] = i < size ? from[i] : Letter{};
    return to;
}
template <class Letter>
Letter* append_text(const Caller& caller, Letter* to, const Letter* from, std::size_t most) {
    caller.reads_text(to);
    caller.reads_text(from, most);
    caller.writes(to + Caller::length(to), (Caller::length(from, most) + 1) * sizeof(Letter));
    copied(to + Caller::length(to), from, Caller::length(from, most));
    return to;
}
template <class Letter>
Letter* duplicate(const Letter* from, std::size_t most, std::uintptr_t place) {
    const auto size = Caller::length(from, most);
    Caller(place).reads_text(from, most);
    void* const made = machine().allocate((size + 1) * sizeof(Letter), 16, place);
    return copied(static_cast<Letter*>(made), from, size);
}

}  // namespace revenant::model::native
