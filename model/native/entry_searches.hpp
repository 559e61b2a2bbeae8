// What the functions of libc that look for something in memory, or make numbers of text, have in common with
// those on wide letters.
#pragma once

#include <cstddef>
#include <type_traits>

#include "model/native/caller.hpp"

namespace revenant::model::native {

/// The bytes from the beginning of a text to the letter that was found in it; all of it if none was.
template <class Letter>
std::size_t up_to(const Letter* text, const void* found) {
    const auto before = found == nullptr ? Caller::length(text)
                                         : static_cast<std::size_t>(static_cast<const Letter*>(found) - text);
    return (before + 1) * sizeof(Letter);
}

template <class Letter>
Letter* found_in_text(Libcs<Letter*(const Letter*, const Letter*)>& find, const Caller& caller,
                      const Letter* text, const Letter* part) {
    caller.reads_text(part);
    if (caller.counts()) {
        const Letter* const found = find(text, part);
        const auto beyond = found == nullptr || *part == Letter{} ? 0 : Caller::length(part) - 1;
        caller.reads(text, up_to(text, found) + beyond * sizeof(Letter));
    }
    return find(text, part);
}

template <class Number, class Letter, class... Base>
Number number_of_text(Libcs<Number(const Letter*, Letter**, Base...)>& make, const Caller& caller,
                      const Letter* text, std::type_identity_t<Letter>** end, Base... base) {
    Letter* last = nullptr;
    if (caller.counts()) {
        static_cast<void>(make(text, &last, base...));
        caller.reads(text, up_to(text, last));
    }
    const auto number = make(text, &last, base...);
    if (end != nullptr) {
        caller.writes(end, sizeof *end);
        *end = last;
    }
    return number;
}

}  // namespace revenant::model::native
