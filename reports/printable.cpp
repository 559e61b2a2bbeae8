#include "reports/printable.hpp"

#include <algorithm>

namespace revenant::reports {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

// What a terminal obeys instead of showing it, or what no text has.
bool is_unfit(char32_t code) {
    const bool control = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const bool separator = code == 0x2028 || code == 0x2029;
    // Marks, embeddings, overrides and isolates: a line that has them reads otherwise than it is.
    const bool direction = code == 0x061c || code == 0x200e || code == 0x200f ||
                           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    return control || separator || direction || surrogate || code == 0xfffe || code == 0xffff;
}

// The number of bytes of the character that starts here, or 0 if there is none that may be shown. The
// shortest form only, nothing past U+10FFFF: what a strict reader takes.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return is_unfit(first) ? 0 : 1;
    const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < bytes) return 0;
    char32_t code = first & (0xffu >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0u) != 0x80u) return 0;
        code = code << 6 | (byte(i) & 0x3fu);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[bytes] || code > 0x10ffff) return 0;
    return is_unfit(code) ? 0 : bytes;
}

// Moves the next character over, or what stands for it.
void move_character(std::string_view& from, std::string& to) {
    const auto bytes = character_bytes(from);
    to += bytes == 0 ? replacement : from.substr(0, bytes);
    from.remove_prefix(std::max<std::size_t>(bytes, 1));
}

}  // namespace

std::string printable(std::string_view text, std::size_t characters_max) {
    std::string line;
    for (std::size_t characters = 0; !text.empty(); ++characters) {
        if (characters == characters_max) return line + "…";
        move_character(text, line);
    }
    return line;
}

bool is_printable(std::string_view text) {
    while (!text.empty()) {
        const auto bytes = character_bytes(text);
        if (bytes == 0) return false;
        text.remove_prefix(bytes);
    }
    return true;
}

std::string clean(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        if (text.front() == '\n' || text.front() == '\t') {
            result += text.front();
            text.remove_prefix(1);
        } else {
            move_character(text, result);
        }
    }
    return result;
}

}  // namespace revenant::reports
