// What the formats of printf and of scanf have in common: C11, 7.21.6.1 and 7.21.6.2, in letters of one byte
// or wide.
#pragma once

#include <cstddef>

namespace revenant::model::native {

// A length that is written twice (hh, ll) is called by one letter more.
constexpr char half_of_half = 'H';
constexpr char long_long = 'q';

/// As many arguments of a format are looked at.
constexpr std::size_t arguments_max = 64;

template <class Letter>
bool is_one_of(Letter letter, const char* letters) {
    for (; *letters != '\0'; ++letters) {
        if (letter == static_cast<Letter>(*letters)) return true;
    }
    return false;
}

/// Goes through a format, from one percent sign to the next.
template <class Letter>
class FormatWords {
protected:
    explicit FormatWords(const Letter* text) : at_(text) {}

    [[nodiscard]] bool is_at(char letter) const { return *at_ == static_cast<Letter>(letter); }
    bool skip(char letter) {
        if (!is_at(letter)) return false;
        ++at_;
        return true;
    }
    void skip_all(const char* letters) {
        while (is_one_of(*at_, letters)) ++at_;
    }
    int number() {
        int value = 0;
        constexpr int base = 10;
        constexpr int most = 1 << 24;
        for (; *at_ >= Letter{'0'} && *at_ <= Letter{'9'}; ++at_) {
            if (value < most) value = value * base + static_cast<int>(*at_ - Letter{'0'});
        }
        return value;
    }
    /// The argument that is called by its number (1$), or the next one.
    int argument() {
        const auto* const before = at_;
        const int position = number();
        if (position > 0 && skip('$')) return position - 1;
        at_ = before;
        return next_++;
    }
    char length() {
        if (!is_one_of(*at_, "hlqLjzt")) return '\0';
        const auto first = static_cast<char>(*at_++);
        if ((first != 'h' && first != 'l') || !skip(first)) return first;
        return first == 'h' ? half_of_half : long_long;
    }
    /// Zero: none that is known.
    char letter() {
        if (*at_ <= Letter{} || *at_ > Letter{'z'}) return '\0';
        return static_cast<char>(*at_++);
    }

    const Letter* at_;
    int next_ = 0;
};

/// The bytes of an integer.
inline std::size_t integer_size(char length) {
    switch (length) {
        case half_of_half: return sizeof(char);
        case 'h': return sizeof(short);
        case '\0': return sizeof(int);
        default: return sizeof(long);
    }
}

}  // namespace revenant::model::native
