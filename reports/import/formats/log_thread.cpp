#include "reports/import/formats/log_thread.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "reports/import/text/letters.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {}  // namespace

bool is_time(std::string_view text) {
    const auto digits = std::ranges::count_if(text, is_digit);
    for (std::size_t i = 0; i + 5 <= text.size(); ++i) {
        const bool clock = is_digit(text[i]) && is_digit(text[i + 1]) && text[i + 2] == ':' &&
                           is_digit(text[i + 3]) && is_digit(text[i + 4]);
        if (clock) return true;
    }
    // Seconds since 1970, or parts of them; a day and a time in digits alone.
    const auto is_other = [](char c) { return !is_digit(c) && c != ' ' && c != '-' && c != '_' && c != 'T'; };
    if (digits >= 10 && std::ranges::none_of(text, is_other)) return true;
    constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const bool names_a_day =
        std::ranges::any_of(months, [&](auto month) { return text.find(month) != text.npos; });
    if (names_a_day && digits >= 1 && digits <= 6) return true;
    if (digits >= 2 &&
        std::ranges::all_of(
            text, [](char c) { return is_digit(c) || c == 'h' || c == 'm' || c == 's' || c == '.'; }) &&
        !is_digit(text.back()))
        return true;
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

void append_labels(std::string_view text, std::vector<std::string>& to) {
    constexpr std::size_t labels_max = 8;
    while (to.size() < labels_max) {
        const auto open = text.find('[');
        const auto close = open == text.npos ? text.npos : text.find(']', open);
        if (close == text.npos) return;
        const auto inside = trimmed(text.substr(open + 1, close - open - 1));
        const bool is_process = open > 0 && is_name(text[open - 1]);  // `app[771]: `
        if (!is_process && !inside.empty() && !is_level(inside) && !is_time(inside) && inside.size() <= 60)
            to.emplace_back(inside);
        text.remove_prefix(close + 1);
    }
}

void ThreadLabels::add(const std::vector<std::string>& labels) {
    if (columns_.size() < labels.size()) columns_.resize(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        auto& column = columns_[i];
        const auto& label = labels[i];
        std::uint64_t number = 0;
        const auto* const end = label.data() + label.size();
        const bool is_number = std::from_chars(label.data(), end, number).ptr == end;
        column.counts_lines =
            column.counts_lines && is_number && (column.lines == 0 || number > column.last_number);
        column.last_number = number;
        if (column.lines++ == 0) column.first = label;
        column.varies = column.varies || label != column.first;
    }
}

std::string ThreadLabels::thread_of(const std::vector<std::string>& labels) const {
    const auto tells = [&](const Column& column) {
        const bool is_number_of_line = column.counts_lines && (column.lines > 2 || columns_.size() > 1);
        return column.varies && !is_number_of_line;
    };
    const auto chosen = std::ranges::find_if(columns_, tells);
    if (chosen != columns_.end()) {
        const auto i = static_cast<std::size_t>(chosen - columns_.begin());
        return i < labels.size() ? labels[i] : std::string();
    }
    // The same on every line: of one alone, only what is spelled as a thread is one.
    if (columns_.size() != 1 || labels.empty() || columns_.front().varies) return {};
    const auto& label = labels.front();
    const auto has = [&](std::string_view word) { return label.find(word) != label.npos; };
    const bool is_thread = label.size() <= 2 || std::ranges::any_of(label, is_digit) || has("hread") ||
                           has("main") || has("orker") || has("ask");
    return is_thread ? label : std::string();
}

bool is_thread_label(std::string_view name) {
    const bool is_letter = name.size() == 1 && name.front() >= 'A' && name.front() <= 'Z';
    return is_letter || (name.size() > 1 && name.size() < 8 && name.front() == 'T' &&
                         std::ranges::all_of(name.substr(1), is_digit));
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
    auto name = trimmed(before);
    name = name.substr(0, name.find_first_of(": \t"));
    if (name.starts_with('(') && name.ends_with(')')) name = name.substr(1, name.size() - 2);
    return is_thread_label(name) && !is_level(name) ? std::string(name) : std::string();
}

}  // namespace revenant::reports
