#include "model/native/format_scans.hpp"

#include <algorithm>
#include <array>

#include "model/native/caller.hpp"
#include "model/native/format_words.hpp"

namespace revenant::model::native {
namespace {

/// One conversion that has an argument.
struct Input {
    int argument = 0;
    int width = 0;  ///< 0: none
    char length = '\0';
    char letter = '\0';
    bool allocates = false;
    bool is_next = false;  ///< nothing before it, back to the last such one, may have failed
};

template <class Letter>
class ScanFormat : FormatWords<Letter> {
public:
    ScanFormat(const Letter* text, bool a_allocates) : FormatWords<Letter>(text), a_allocates_(a_allocates) {}

    /// Up to the first that is not known.
    bool next(Input& found) {
        bool is_next = true;
        for (;;) {
            for (; *at_ != Letter{} && !is_at('%'); ++at_)
                is_next = is_next && is_one_of(*at_, " \t\n\v\f\r");
            if (!skip('%')) return false;
            found = {};
            const auto* const begin = at_;
            const int position = number();
            const bool by_number = position > 0 && skip('$');
            if (!by_number) at_ = begin;
            bool is_kept = true;
            for (; is_one_of(*at_, "*'I"); ++at_) is_kept = is_kept && !is_at('*');
            found.width = number();
            found.allocates = skip('m') || (a_allocates_ && skip_old_allocation());
            found.length = length();
            found.letter = letter();
            if (found.letter == '[') skip_set();
            if (found.letter != '%' && is_kept) {
                found.argument = by_number ? position - 1 : next_++;
                found.is_next = is_next;
                return is_one_of(found.letter, "dioubxXeEfFgGaAsScCpn[");
            }
            if (found.letter == '\0') return false;
            is_next = false;
        }
    }

private:
    using Words = FormatWords<Letter>;
    using Words::at_, Words::is_at, Words::length, Words::letter, Words::next_, Words::number, Words::skip;

    bool skip_old_allocation() {
        if (!is_at('a') || !is_one_of(at_[1], "sS[")) return false;
        ++at_;
        return true;
    }
    // A bracket that comes first is one of the set.
    void skip_set() {
        skip('^');
        skip(']');
        while (*at_ != Letter{} && !is_at(']')) ++at_;
        skip(']');
    }
    bool a_allocates_;
};

std::size_t number_size(const Input& of) {
    if (of.letter == 'p') return sizeof(void*);
    if (!is_one_of(of.letter, "eEfFgGaA")) return integer_size(of.length);
    switch (of.length) {
        case 'l': return sizeof(double);
        case 'L':
        case long_long: return sizeof(long double);
        default: return sizeof(float);
    }
}

void announce_input(const Caller& caller, const Input& of, void* at) {
    if (at == nullptr) return;
    const bool is_wide = of.length == 'l' || of.letter == 'S' || of.letter == 'C';
    if (of.allocates) {
        caller.writes(at, sizeof(void*));  // what that points to is new
    } else if (is_one_of(of.letter, "cC")) {
        const auto size = static_cast<std::size_t>(std::max(of.width, 1));
        caller.writes(at, size * (is_wide ? sizeof(wchar_t) : sizeof(char)));
    } else if (!is_one_of(of.letter, "sS[")) {
        caller.writes(at, number_size(of));
    } else if (is_wide) {
        caller.writes_text(static_cast<const wchar_t*>(at));
    } else {
        caller.writes_text(static_cast<const char*>(at));
    }
}

template <class Letter>
void announce(const Caller& caller, const Letter* format, va_list arguments, Scanned how) {
    if (!caller.counts()) return;
    caller.reads_text(format);
    std::size_t count = 0;
    Input one;
    for (ScanFormat<Letter> words(format, how.a_allocates); words.next(one);) {
        if (static_cast<std::size_t>(one.argument) >= arguments_max) break;
        count = std::max(count, static_cast<std::size_t>(one.argument) + 1);
    }
    std::array<void*, arguments_max> places{};
    va_list own;
    va_copy(own, arguments);
    for (std::size_t i = 0; i < count; ++i) places[i] = va_arg(own, void*);
    va_end(own);
    int assigned = 0;
    bool was_reached = true;
    for (ScanFormat<Letter> words(format, how.a_allocates); words.next(one);) {
        const auto argument = static_cast<std::size_t>(one.argument);
        const bool counts = one.letter != 'n';
        // What counts the letters is written on the way to the next that was assigned, or at once.
        was_reached = was_reached && one.is_next;
        if (argument >= count || assigned > how.assigned) return;
        if (assigned == how.assigned && (counts || !was_reached)) return;
        announce_input(caller, one, places[argument]);
        if (counts) {
            ++assigned;
            was_reached = true;
        }
    }
}

}  // namespace

void announce_scanned(const Caller& caller, const char* format, va_list arguments, Scanned how) {
    announce(caller, format, arguments, how);
}
void announce_scanned(const Caller& caller, const wchar_t* format, va_list arguments, Scanned how) {
    announce(caller, format, arguments, how);
}

}  // namespace revenant::model::native
