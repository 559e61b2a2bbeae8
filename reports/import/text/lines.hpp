// Lines of a text that others have written, as views into it.
#pragma once

#include <algorithm>
#include <string_view>

namespace revenant::reports {

/// The lines of a text, one at a time: as a list, those of a long one would take many times what it takes.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}

    /// Goes on to the next line. False: there is none.
    bool next() {
        if (rest_.empty()) return false;
        line_ = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix(std::min(line_.size() + 1, rest_.size()));
        if (line_.ends_with('\r')) line_.remove_suffix(1);
        return true;
    }
    /// Requires: `next` has been true.
    [[nodiscard]] std::string_view line() const { return line_; }

private:
    std::string_view rest_;
    std::string_view line_;
};

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
