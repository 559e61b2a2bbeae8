#include "harness/torture/times.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/printable.hpp"

namespace revenant::harness::torture {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The length of a number at the front that has a fraction or an exponent; 0: there is none.
std::size_t fraction_at_front(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const auto begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return at - begin;
    };
    if (digits() == 0) return 0;
    std::size_t end = 0;  // of what is certain
    if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
        ++at;
        digits();
        end = at;
    }
    if (at < text.size() && text[at] == 'e') {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        if (digits() > 0) end = at;
    }
    return end;
}

std::string_view take_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

}  // namespace

std::string without_times(std::string_view text) {
    std::string without;
    bool in_number = false;
    while (!text.empty()) {
        const auto length = in_number ? 0 : fraction_at_front(text);
        if (length > 0) {
            while (without.ends_with(' ')) without.pop_back();
            without += " #";
        } else {
            without += text.front();
        }
        in_number = length == 0 && is_digit(text.front());
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return without;
}

std::optional<std::string> first_difference(std::string_view one, std::string_view other) {
    std::size_t number = 0;
    while (!one.empty() || !other.empty()) {
        const auto line = take_line(one);
        const auto other_line = take_line(other);
        ++number;
        if (line == other_line && one.empty() == other.empty()) continue;
        return fmt::format("line {}: `{}` and `{}`", number, reports::printable(line, 200),
                           reports::printable(other_line, 200));
    }
    return std::nullopt;
}

}  // namespace revenant::harness::torture
