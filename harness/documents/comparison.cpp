#include "harness/documents/comparison.hpp"

#include <algorithm>
#include <regex>
#include <span>

namespace revenant::harness {
namespace {

using Lines = std::span<const std::string>;

const std::string any_lines = "…";
const std::string any_rest = " …";

void make_comparable(std::vector<std::string>& lines) {
    for (auto& line : lines) line = as_compared(line);
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
}

std::string quoted(const std::string& line) { return "'" + line + "'"; }

bool is_shown_as(const std::string& shown, const std::string& printed) {
    if (!shown.ends_with(any_rest)) return shown == printed;
    // The space is compared, too: it begins what is left out.
    return printed.starts_with(shown.substr(0, shown.size() - any_rest.size() + 1));
}

// The lines at the front of `printed`, one by one.
std::optional<std::string> difference_at_front(Lines shown, Lines printed) {
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (i == printed.size()) return "shown, and the output is at its end: " + quoted(shown[i]);
        if (!is_shown_as(shown[i], printed[i]))
            return "shown " + quoted(shown[i]) + ", printed " + quoted(printed[i]);
    }
    return std::nullopt;
}

}  // namespace

std::string as_compared(const std::string& line) {
    static const std::regex spaces(" +");
    static const std::regex trailing(" $");
    static const std::regex seconds(R"(\b[0-9]+(\.[0-9]+)? s\b)");
    static const std::regex column(R"(\b[0-9]+\.[0-9]{3}$)");
    auto text = std::regex_replace(line, spaces, " ");
    text = std::regex_replace(text, trailing, "");
    text = std::regex_replace(text, seconds, "T s");
    return std::regex_replace(text, column, "T");
}

std::optional<std::string> difference(std::vector<std::string> shown, std::vector<std::string> printed) {
    make_comparable(shown);
    make_comparable(printed);
    Lines rest_shown = shown;
    Lines rest = printed;
    for (bool anchored = true;; anchored = false) {
        const auto gap = std::ranges::find(rest_shown, any_lines);
        const auto part = rest_shown.first(static_cast<std::size_t>(gap - rest_shown.begin()));
        const bool last = gap == rest_shown.end();
        if (anchored) {
            if (auto differs = difference_at_front(part, rest)) return differs;
            rest = rest.subspan(part.size());
        } else if (last) {
            // What follows the last gap is the output's end.
            if (part.size() > rest.size()) return "shown, and not printed: " + quoted(part.front());
            return difference_at_front(part, rest.last(part.size()));
        } else {
            const auto found = std::ranges::search(
                rest, part, [](const auto& a, const auto& b) { return is_shown_as(b, a); });
            if (found.empty() && !part.empty()) return "shown, and not printed: " + quoted(part.front());
            rest = rest.subspan(static_cast<std::size_t>(found.end() - rest.begin()));
        }
        if (last) break;
        rest_shown = rest_shown.subspan(part.size() + 1);
    }
    if (!rest.empty()) return "printed, and not shown: " + quoted(rest.front());
    return std::nullopt;
}

}  // namespace revenant::harness
