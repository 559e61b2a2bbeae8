#include "reports/import/text/prefix.hpp"
#include "reports/import/text/letters.hpp"

#include <algorithm>
#include <iterator>

namespace revenant::reports {
namespace {

constexpr std::size_t prefix_max = 160;  // characters; what is longer is no prefix

bool is_word(char c) { return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }
bool is_space(char c) { return c == ' ' || c == '\t'; }

// `==771==`, before what AddressSanitizer and valgrind say. Returns its beginning.
std::size_t process_mark_before(std::string_view line, std::size_t at) {
    auto begin = at;
    while (begin > 0 && is_space(line[begin - 1])) --begin;
    if (begin < 4 || line.substr(begin - 2, 2) != "==") return at;
    auto digits = begin - 2;
    while (digits > 0 && is_digit(line[digits - 1])) --digits;
    const bool marked = digits < begin - 2 && digits >= 2 && line.substr(digits - 2, 2) == "==";
    return marked ? digits - 2 : at;
}

// A line of a report by its own words: it has no prefix.
bool is_bare(std::string_view line) {
    constexpr std::string_view begins[] = {
        "READ of ",  "WRITE of ",     "freed by ",   "previously allocated",
        "Write of ", "Read of ",      "Previous ",   "Direct leak",
        "SUMMARY: ", "  Write of ",   "  Read of ",  "  Previous ",
        "Freed by ", "Allocated by ", "Call Trace:", "  Atomic "};
    if (std::ranges::any_of(begins, [&](auto begin) { return line.starts_with(begin); })) return true;
    const auto mark = line.find_first_not_of(" \t");
    if (mark == line.npos || line[mark] != '#') return false;
    const auto end = line.find_first_not_of("0123456789", mark + 1);
    // `#14 8.125 …` is BuildKit's; the frames of a stack go on with an address or a name.
    if (end == line.npos || end == mark + 1 || line[end] != ' ') return false;
    const auto rest = line.substr(std::min(line.find_first_not_of(' ', end), line.size()));
    return rest.starts_with("0x") ||
           (!rest.empty() && !is_digit(rest.front()) && !is_space(rest.front()) && mark > 0);
}

}  // namespace

std::optional<std::size_t> heading_at(std::string_view line) {
    if (line.find(':') == line.npos && line.find("==") == line.npos) return std::nullopt;
    for (const std::string_view sign : {"Sanitizer: ", "WARNING: DATA RACE", "BUG: K", "refcount_t: "}) {
        const auto found = line.find(sign);
        if (found == line.npos) continue;
        if (sign != "Sanitizer: ") return found;
        auto at = found;
        while (at > 0 && is_word(line[at - 1])) --at;
        for (const std::string_view level : {"ERROR: ", "WARNING: "}) {
            if (!line.substr(0, at).ends_with(level)) continue;
            return process_mark_before(line, at - level.size());
        }
    }
    for (const std::string_view sign : {"== Invalid ", "== Possible data race", "== Conflicting "}) {
        const auto found = line.find(sign);
        if (found != line.npos) return process_mark_before(line, found + 2);
    }
    return std::nullopt;
}

std::optional<std::size_t> thread_line_at(std::string_view line) {
    const auto found = line.find("== Thread ");
    if (found == line.npos) return std::nullopt;
    const auto mark = process_mark_before(line, found + 2);
    return mark == found + 2 ? std::nullopt : std::optional(mark);
}

Prefix::Prefix(std::string_view before) {
    if (before.size() > prefix_max) return;
    while (!before.empty()) {
        Token token{Token::Kind::sign, 1, before.front()};
        const auto run = [&](auto is) {
            const auto end = std::ranges::find_if_not(before, is);
            token.size = static_cast<std::size_t>(end - before.begin());
        };
        if (is_word(before.front())) {
            token.kind = Token::Kind::word;
            run(is_word);
        } else if (is_space(before.front())) {
            token.kind = Token::Kind::spaces;
            run(is_space);
        }
        before.remove_prefix(token.size);
        tokens_.push_back(token);
    }
}

std::string_view Prefix::taken_off(std::string_view line) const {
    if (tokens_.empty() || is_bare(line)) return line;
    auto rest = line;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const auto& token = tokens_[i];
        std::size_t size = 0;
        if (token.kind == Token::Kind::word) {
            size = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_word) - rest.begin());
            if (size == 0) return line;
        } else if (token.kind == Token::Kind::spaces) {
            size = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_space) - rest.begin());
            // Behind the prefix the line's own indentation begins.
            if (i + 1 == tokens_.size()) size = std::min(size, token.size);
            if (size == 0 && !rest.empty() && i + 1 < tokens_.size() &&
                tokens_[i + 1].kind != Token::Kind::word)
                return line;
        } else {
            if (!rest.starts_with(token.sign)) return line;
            size = 1;
        }
        rest.remove_prefix(size);
        if (rest.empty()) return rest;  // an empty line has lost the end of it
    }
    return rest;
}

}  // namespace revenant::reports
