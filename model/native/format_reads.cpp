#include "model/native/format_reads.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <cwchar>

#include "model/native/caller.hpp"

namespace revenant::model::native {
namespace {

// C11, 7.21.6.1. A length that is written twice (hh, ll) is called by one letter more.
constexpr char half_of_half = 'H';
constexpr char long_long = 'q';

/// One conversion, from behind its percent sign.
struct Conversion {
    int precision = -1;  ///< none
    char length = '\0';
    char letter = '\0';  ///< zero: unknown
};

class Format {
public:
    Format(const char* text, va_list& arguments) : at_(text), arguments_(arguments) {}

    bool next(Conversion& found) {
        while (*at_ != '\0' && *at_ != '%') ++at_;
        if (*at_ == '\0') return false;
        ++at_;
        while (*at_ != '\0' && std::strchr("-+ #0'I", *at_) != nullptr) ++at_;
        found = {};
        static_cast<void>(number());  // the width
        if (*at_ == '$') return false;
        if (*at_ == '.') {
            ++at_;
            found.precision = number();
        }
        found.length = length();
        found.letter = *at_;
        if (*at_ != '\0') ++at_;
        return found.letter != '\0';
    }
    /// The arguments behind are found only if it is taken from them as what it is.
    bool take(const Caller& caller, const Conversion& of) {
        switch (of.letter) {
            case '%':
            case 'm': return true;
            case 'd':
            case 'i':
            case 'o':
            case 'u':
            case 'x':
            case 'X': take_integer(of.length); return true;
            case 'c':
            case 'C': static_cast<void>(va_arg(arguments_, int)); return true;
            case 'e':
            case 'E':
            case 'f':
            case 'F':
            case 'g':
            case 'G':
            case 'a':
            case 'A':
                static_cast<void>(of.length == 'L' ? va_arg(arguments_, long double)
                                                   : va_arg(arguments_, double));
                return true;
            case 's':
            case 'S': take_text(caller, of); return true;
            case 'p': static_cast<void>(va_arg(arguments_, void*)); return true;
            case 'n': caller.writes(va_arg(arguments_, void*), size_of(of.length)); return true;
            default: return false;
        }
    }

private:
    int number() {
        if (*at_ == '*') {
            ++at_;
            return va_arg(arguments_, int);
        }
        int value = 0;
        constexpr int base = 10;
        constexpr int most = 1 << 24;
        for (; *at_ >= '0' && *at_ <= '9'; ++at_) {
            if (value < most) value = value * base + (*at_ - '0');
        }
        return value;
    }
    char length() {
        constexpr const char* letters = "hlqLjzt";
        if (*at_ == '\0' || std::strchr(letters, *at_) == nullptr) return '\0';
        const char first = *at_++;
        if (*at_ != first || (first != 'h' && first != 'l')) return first;
        ++at_;
        return first == 'h' ? half_of_half : long_long;
    }
    static std::size_t size_of(char length) {
        switch (length) {
            case half_of_half: return sizeof(char);
            case 'h': return sizeof(short);
            case '\0': return sizeof(int);
            default: return sizeof(long);
        }
    }
    void take_integer(char length) {
        static_cast<void>(size_of(length) == sizeof(long) ? va_arg(arguments_, long)
                                                          : va_arg(arguments_, int));
    }
    void take_text(const Caller& caller, const Conversion& of) {
        const auto most = of.precision < 0 ? ~std::size_t{0} : static_cast<std::size_t>(of.precision);
        if (of.length == 'l' || of.letter == 'S') {
            const auto* const wide = va_arg(arguments_, const wchar_t*);
            if (wide == nullptr || of.precision >= 0) return;  // a precision is in bytes of what is written
            std::size_t size = 0;
            while (wide[size] != L'\0') ++size;
            caller.reads(wide, (size + 1) * sizeof *wide);
            return;
        }
        const auto* const text = va_arg(arguments_, const char*);
        if (text != nullptr) caller.reads_text(text, most);
    }

    const char* at_;
    va_list& arguments_;
};

}  // namespace

void announce_format(const Caller& caller, const char* format, va_list arguments) {
    if (!caller.counts()) return;
    caller.reads_text(format);
    va_list own;
    va_copy(own, arguments);
    Format all(format, own);
    Conversion one;
    while (all.next(one) && all.take(caller, one)) {
    }
    va_end(own);
}

void announce_format(const Caller& caller, const char* format, va_list arguments, char* to,
                     std::size_t most) {
    if (!caller.counts()) return;
    announce_format(caller, format, arguments);
    static Libcs<int(char*, std::size_t, const char*, va_list)> print("vsnprintf");
    va_list own;
    va_copy(own, arguments);
    const int size = print(nullptr, 0, format, own);
    va_end(own);
    if (size >= 0) caller.writes(to, std::min(most, static_cast<std::size_t>(size) + 1));
}

}  // namespace revenant::model::native
