#include "harness/torture/demands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "reports/printable.hpp"

namespace revenant::harness::torture {
namespace {

constexpr std::string_view complaint_begin = "revenant: ";

// The length of a colour code at the front: ESC [ digits and semicolons m.
std::size_t colour_at_front(std::string_view text) {
    if (!text.starts_with("\x1b[")) return 0;
    const auto end = text.find_first_not_of("0123456789;", 2);
    return end != text.npos && text[end] == 'm' ? end + 1 : 0;
}

std::string without_colours(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        const auto colour = colour_at_front(text);
        if (colour == 0) plain += text.front();
        text.remove_prefix(std::max<std::size_t>(colour, 1));
    }
    return plain;
}

std::optional<std::string> objection_to_stderr(const std::string& text, bool foreign) {
    if (const auto what = unprintable(text, false)) return "stderr has " + *what;
    if (foreign || text.empty()) return std::nullopt;
    if (!text.starts_with(complaint_begin)) return "stderr does not begin with `revenant: `";
    if (std::count(text.begin(), text.end(), '\n') != 1 || text.back() != '\n') {
        return "stderr is not one line";
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> unprintable(std::string_view text, bool colours) {
    const std::string plain = colours ? without_colours(text) : std::string(text);
    std::size_t number = 0;
    for (std::string_view rest = plain; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (reports::is_printable(line)) continue;
        return fmt::format("what cannot be printed in line {}: {}", number, reports::printable(line, 60));
    }
    return std::nullopt;
}

std::optional<std::string> objection(const Finished& ended, const Demands& demands) {
    if (ended.late) return "did not end in time";
    if (ended.signal != 0) {
        if (demands.signals.contains(ended.signal)) return std::nullopt;
        return fmt::format("was ended by signal {} ({})", ended.signal, ::strsignal(ended.signal));
    }
    if (!demands.statuses.contains(ended.status)) {
        const auto first = ended.err.substr(0, ended.err.find('\n'));
        return fmt::format("ended with status {}: {}", ended.status, reports::printable(first, 200));
    }
    if (const auto what = unprintable(ended.out, demands.colours)) return "stdout has " + *what;
    return objection_to_stderr(ended.err, demands.foreign_stderr);
}

}  // namespace revenant::harness::torture
