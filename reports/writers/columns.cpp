#include "reports/writers/columns.hpp"

#include <algorithm>

namespace revenant::reports {
namespace {

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }

// The number of bytes that the first `width` code points take.
std::size_t prefix_bytes(std::string_view text, std::size_t width) {
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (starts_code_point(text[i]) && width-- == 0) break;
    }
    return i;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string padded(std::string_view text, std::size_t width) {
    const auto taken = display_width(text);
    return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    width = std::max<std::size_t>(width, 1);
    std::vector<std::string> lines;
    // Looks no further than a line: a text of megabytes has many.
    for (auto fits = prefix_bytes(text, width); fits < text.size(); fits = prefix_bytes(text, width)) {
        auto cut = text.substr(0, fits + 1).rfind(' ');
        if (cut == text.npos || cut == 0) cut = fits;
        lines.emplace_back(text.substr(0, cut));
        text.remove_prefix(cut);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    if (!text.empty() || lines.empty()) lines.emplace_back(text);
    return lines;
}

}  // namespace revenant::reports
