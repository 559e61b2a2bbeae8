#include "model/native/format_reads.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/native/caller.hpp"
#include "model/native/format_words.hpp"

namespace revenant::model::native {
namespace {

/// What an argument is taken as.
enum class Taken : unsigned char { as_nothing, as_int, as_long, as_double, as_long_double, as_pointer };

constexpr int none = -1;

/// One conversion, from behind its percent sign.
struct Conversion {
    int argument = none;
    int width = none;               ///< the argument that it is; none, or written out
    int precision = none;           ///< written out
    int precision_argument = none;  ///< … or the argument that it is
    char length = '\0';
    char letter = '\0';
};

Taken taken_as(const Conversion& of) {
    if (is_one_of(of.letter, "dioubBxX")) {
        return integer_size(of.length) == sizeof(long) ? Taken::as_long : Taken::as_int;
    }
    if (is_one_of(of.letter, "cC")) return Taken::as_int;
    if (is_one_of(of.letter, "eEfFgGaA")) {
        return of.length == 'L' ? Taken::as_long_double : Taken::as_double;
    }
    return is_one_of(of.letter, "sSpn") ? Taken::as_pointer : Taken::as_nothing;
}

template <class Letter>
class Format : FormatWords<Letter> {
public:
    explicit Format(const Letter* text) : FormatWords<Letter>(text) {}

    /// Those that take an argument, up to the first that is not known.
    bool next(Conversion& found) {
        for (;;) {
            while (*at_ != Letter{} && !is_at('%')) ++at_;
            if (!skip('%')) return false;
            // What is called by its number is, before all else; otherwise an argument is counted at the end.
            found = {};
            found.argument = by_number();
            skip_all("-+ #0'I");
            found.width = skip('*') ? argument() : none;
            if (found.width == none) static_cast<void>(number());
            if (skip('.')) {
                if (skip('*')) {
                    found.precision_argument = argument();
                } else {
                    found.precision = number();
                }
            }
            found.length = length();
            found.letter = letter();
            if (found.letter == '%' || found.letter == 'm') continue;
            if (found.argument == none) found.argument = next_++;
            return taken_as(found) != Taken::as_nothing;
        }
    }

private:
    using Words = FormatWords<Letter>;
    using Words::argument, Words::at_, Words::is_at, Words::length, Words::letter, Words::next_,
        Words::number, Words::skip, Words::skip_all;

    int by_number() {
        const int counted = next_;
        const int found = argument();
        const bool is_next = next_ != counted;
        next_ = counted;
        return is_next ? none : found;
    }
};

/// The arguments, of which none can be found whose kind, or a kind before it, is not known.
class Arguments {
public:
    void note(int argument, Taken as) {
        if (argument >= 0 && static_cast<std::size_t>(argument) < arguments_max) {
            kinds_[static_cast<std::size_t>(argument)] = as;
        }
    }
    void take(va_list& from) {
        for (; count_ < arguments_max && kinds_[count_] != Taken::as_nothing; ++count_) {
            values_[count_] = taken(from, kinds_[count_]);
        }
    }
    [[nodiscard]] bool has(int argument) const {
        return argument >= 0 && static_cast<std::size_t>(argument) < count_;
    }
    [[nodiscard]] std::uintptr_t operator[](int argument) const {
        return values_[static_cast<std::size_t>(argument)];
    }

private:
    static std::uintptr_t taken(va_list& from, Taken as) {
        if (as == Taken::as_int) return static_cast<std::uintptr_t>(va_arg(from, int));
        if (as != Taken::as_double && as != Taken::as_long_double) return va_arg(from, std::uintptr_t);
        static_cast<void>(as == Taken::as_double ? va_arg(from, double) : va_arg(from, long double));
        return 0;
    }
    std::array<Taken, arguments_max> kinds_{};
    std::array<std::uintptr_t, arguments_max> values_{};
    std::size_t count_ = 0;
};

// Of text of the other kind of letters a precision counts what is written.
template <class Letter>
void announce_text(const Caller& caller, const Conversion& of, std::uintptr_t at, int precision) {
    const auto* const bytes = reinterpret_cast<const char*>(at);
    const auto* const wide = reinterpret_cast<const wchar_t*>(at);
    const bool is_wide = of.letter == 'S' || of.length == 'l';
    if (at == 0 || (precision >= 0 && is_wide != (sizeof(Letter) > 1))) return;
    const auto most = precision < 0 ? ~std::size_t{0} : static_cast<std::size_t>(precision);
    is_wide ? caller.reads_text(wide, most) : caller.reads_text(bytes, most);
}

template <class Letter>
void announce(const Caller& caller, const Letter* format, va_list arguments) {
    if (!caller.counts()) return;
    caller.reads_text(format);
    Arguments all;
    Conversion one;
    for (Format<Letter> words(format); words.next(one);) {
        all.note(one.width, Taken::as_int);
        all.note(one.precision_argument, Taken::as_int);
        all.note(one.argument, taken_as(one));
    }
    va_list own;
    va_copy(own, arguments);
    all.take(own);
    va_end(own);
    for (Format<Letter> words(format); words.next(one) && all.has(one.argument);) {
        if (taken_as(one) != Taken::as_pointer || one.letter == 'p') continue;
        if (one.letter == 'n') {
            caller.writes(reinterpret_cast<const void*>(all[one.argument]), integer_size(one.length));
            continue;
        }
        const bool has_precision = one.precision_argument != none && all.has(one.precision_argument);
        announce_text<Letter>(caller, one, all[one.argument],
                              has_precision ? static_cast<int>(all[one.precision_argument]) : one.precision);
    }
}

}  // namespace

void announce_format(const Caller& caller, const char* format, va_list arguments) {
    announce(caller, format, arguments);
}
void announce_format(const Caller& caller, const wchar_t* format, va_list arguments) {
    announce(caller, format, arguments);
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
