#include "reports/import/formats/log_thread.hpp"

#include <algorithm>
#include <iterator>

#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

bool is_time(std::string_view text) {
    const auto digits = std::ranges::count_if(text, is_digit);
    for (std::size_t i = 0; i + 5 <= text.size(); ++i) {
        const bool clock = is_digit(text[i]) && is_digit(text[i + 1]) && text[i + 2] == ':' &&
                           is_digit(text[i + 3]) && is_digit(text[i + 4]);
        if (clock) return true;
    }
    // Seconds or milliseconds since 1970.
    const bool number = !text.empty() && digits == static_cast<std::ptrdiff_t>(text.size());
    if (number && text.front() == '1' && (digits == 10 || digits == 13)) return true;
    const bool has_mark = text.find(':') != text.npos || std::ranges::count(text, '-') >= 2 ||
                          std::ranges::count(text, '/') >= 2 || text.find('.') != text.npos;
    return digits >= 2 && has_mark && digits * 2 >= static_cast<std::ptrdiff_t>(text.size());
}
bool is_level(std::string_view text) {
    constexpr std::string_view levels[] = {"info",    "INFO",    "debug",  "DEBUG", "trace", "TRACE",
                                           "warn",    "WARN",    "error",  "ERROR", "Info",  "Debug",
                                           "warning", "WARNING", "I",      "D",     "E",     "W",
                                           "V",       "notice",  "NOTICE", "fatal", "FATAL"};
    return std::ranges::find(levels, text) != std::end(levels);
}

std::string thread_in_brackets(std::string_view text) {
    while (true) {
        const auto open = text.find('[');
        const auto close = open == text.npos ? text.npos : text.find(']', open);
        if (close == text.npos) return {};
        const auto inside = trimmed(text.substr(open + 1, close - open - 1));
        if (!inside.empty() && !is_level(inside) && !is_time(inside) && inside.size() <= 60)
            return std::string(inside);
        text.remove_prefix(close + 1);
    }
}

bool is_thread_label(std::string_view name) {
    return name.size() > 1 && name.size() < 8 && name.front() == 'T' &&
           std::ranges::all_of(name.substr(1), is_digit);
}

std::string named_thread(std::string_view before) {
    for (const std::string_view mark :
         {"tid=", "tid:", "tid ", "thread=", "thread #", "thread ", "Thread ", "CPU "}) {
        const auto at = before.find(mark);
        if (at == before.npos || (at > 0 && is_name(before[at - 1]))) continue;
        const auto rest = trimmed(before.substr(at + mark.size()));
        const auto end = std::ranges::find_if_not(rest, is_name);
        if (end != rest.begin()) return std::string(rest.begin(), end);
    }
    const auto front = trimmed(before);
    const auto colon = front.find(": ");
    const auto name = front.substr(0, std::min(colon, front.size()));
    return is_thread_label(name) ? std::string(name) : std::string();
}

}  // namespace revenant::reports
