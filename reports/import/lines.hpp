// Lines of a text that others have written, as views into it.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace revenant::reports {

[[nodiscard]] inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// What stands between two marks, or nothing.
[[nodiscard]] inline std::string_view between(std::string_view text, std::string_view from,
                                              std::string_view to) {
    const auto begin = text.find(from);
    if (begin == text.npos) return {};
    const auto rest = text.substr(begin + from.size());
    return rest.substr(0, rest.find(to));
}

}  // namespace revenant::reports
