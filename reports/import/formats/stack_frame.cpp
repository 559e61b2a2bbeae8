#include "reports/import/formats/stack_frame.hpp"

#include <algorithm>
#include <charconv>

#include "reports/import/text/letters.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

std::string_view digits_before(std::string_view text, std::size_t end) {
    auto begin = end;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    return text.substr(begin, end - begin);
}

// Takes `(module+0x…)`, `(BuildId: …)` off the end; `0` behind them is a Mac's way to say no line.
std::string_view without_module(std::string_view text) {
    while (text.ends_with(')')) {
        const auto open = text.rfind(" (");
        const auto behind = open == text.npos ? std::string_view() : text.substr(open + 2);
        if (!behind.starts_with("BuildId") && behind.find("+0x") == behind.npos &&
            behind.find(":arm64") == behind.npos && behind.find(":x86_64") == behind.npos) {
            break;
        }
        text = trimmed(text.substr(0, open));
    }
    return text;
}

// Where the file begins in `FUNCTION FILE`: a path may have blanks in it, and so may a function. A path
// begins with `/` or a drive behind a blank that is in no brackets.
std::size_t file_at(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const char c = text[i];
        if (c == '(' || c == '<' || c == '[' || c == '{') ++depth;
        if (c == ')' || c == ']' || c == '}' || (c == '>' && i > 0 && text[i - 1] != '-'))
            depth = std::max(0, depth - 1);
        if (c != ' ' || depth > 0) continue;
        const auto rest = text.substr(i + 1);
        const bool has_drive = rest.size() > 2 && rest[1] == ':' && (rest[2] == '\\' || rest[2] == '/');
        if (rest.front() == '/' || has_drive) return i + 1;
    }
    const auto space = text.rfind(' ');
    return space == text.npos ? 0 : space + 1;
}

}  // namespace

bool take_place(std::string_view place, Frame& frame) {
    for (int i = 0; i < 2; ++i) {
        const auto digits = digits_before(place, place.size());
        const auto colon = place.size() - digits.size();
        if (digits.empty() || colon == 0 || place[colon - 1] != ':') break;
        unsigned line = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), line);
        frame.line = line;  // the last one taken is the line: a column comes behind it
        place = place.substr(0, colon - 1);
    }
    if (frame.line == 0 || place.empty()) return false;
    frame.file = place;
    return true;
}

std::uint64_t address_behind(std::string_view line, std::string_view mark) {
    const auto at = line.find(mark);
    if (at == line.npos) return 0;
    const auto digits = line.substr(at + mark.size());
    std::uint64_t address = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), address, 16);
    return address;
}

std::optional<NumberedFrame> sanitizer_frame(std::string_view line) {
    auto text = trimmed(line);
    if (!text.starts_with('#')) return std::nullopt;
    NumberedFrame read;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), read.number);
    if (error != std::errc{} || end == text.data() + text.size() || *end != ' ') return std::nullopt;
    text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
    if (text.starts_with("0x")) {
        text = trimmed(text.substr(std::min(text.find(' '), text.size())));
        if (text.starts_with("in ")) text.remove_prefix(3);
    }
    text = without_module(text);
    if (text.starts_with('(') && text.find("+0x") != text.npos) text = {};  // the module, and no name
    const auto file = file_at(text);
    const auto last = text.substr(file);
    if (take_place(last, read.frame) || (last == "<null>" && file > 0)) {
        text = trimmed(text.substr(0, file));
    } else if (last.starts_with('/') && file > 0) {
        read.frame.file = last;  // a file without a line
        text = trimmed(text.substr(0, file));
    }
    if (text != "<null>") read.frame.function = text;
    return read;
}

std::optional<NumberedFrame> valgrind_frame(std::string_view line) {
    const auto text = trimmed(line);
    NumberedFrame read;
    if (text.starts_with("by 0x")) {
        read.number = 1;
    } else if (!text.starts_with("at 0x")) {
        return std::nullopt;
    }
    const auto colon = text.find(": ");
    if (colon == text.npos) return std::nullopt;
    auto function = text.substr(colon + 2);
    const auto open = function.rfind(" (");
    if (open != function.npos && function.ends_with(')')) {
        const auto place = function.substr(open + 2, function.size() - open - 3);
        if (take_place(place, read.frame) || place.starts_with("in ")) function = function.substr(0, open);
    }
    if (function != "???") read.frame.function = function;
    return read;
}

std::optional<Frame> kernel_frame(std::string_view line) {
    auto text = trimmed(line);
    if (text.starts_with("? ")) text.remove_prefix(2);
    if (text.starts_with("RIP: ")) return std::nullopt;
    const auto end = text.find(' ');
    auto function = text.substr(0, end);
    const auto offset = function.find("+0x");
    Frame frame;
    if (end != text.npos) static_cast<void>(take_place(trimmed(text.substr(end)), frame));
    // `f+0x40/0x90`, or as a script of the kernel's shows it, `f fs/file.c:12`.
    if (offset == function.npos && (frame.file.empty() || frame.file.find('/') == frame.file.npos))
        return std::nullopt;
    if (offset == 0 || function.find(':') != function.npos) return std::nullopt;
    frame.function = function.substr(0, offset);
    return frame;
}

}  // namespace revenant::reports
