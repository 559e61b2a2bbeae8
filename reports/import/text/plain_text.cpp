#include "reports/import/text/plain_text.hpp"

#include <algorithm>

#include "reports/import/text/encoding.hpp"
#include "reports/import/text/letters.hpp"
#include "reports/import/text/lines.hpp"
#include "reports/import/text/prefix.hpp"

namespace revenant::reports {
namespace {

// `2026-11-20T03:14:15.926Z `: GitHub's and GitLab's. The shape of its beginning is enough.
std::size_t timestamp_size(std::string_view line) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    if (line.size() < shape.size()) return 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 'd' ? !is_digit(line[i]) : line[i] != shape[i]) return 0;
    }
    const auto space = line.find(' ', shape.size());
    return space > 40 ? 0 : space + 1;  // or npos, which is greater
}

// `app-1  | `: docker compose's.
std::size_t service_size(std::string_view line) {
    const auto bar = line.find(" | ");
    if (bar > 40) return 0;  // or npos, which is greater
    const auto name = line.substr(0, bar);
    const auto is_of_a_name = [](char c) { return is_name(c) || c == '-' || c == ' '; };
    return !name.empty() && name.front() != ' ' && std::ranges::all_of(name, is_of_a_name) ? bar + 3 : 0;
}

// An escape sequence ends with its first letter; one that names a window, with a bell or a backslash. Some
// logs show the character itself as `^[`.
void append_without_escapes(std::string_view line, std::string& to) {
    while (!line.empty()) {
        const auto shown = line.find("^[[");
        const auto escape = std::min({line.find('\x1b'), shown, line.size()});
        to += line.substr(0, escape);
        line.remove_prefix(std::min(escape + (escape == shown ? 1 : 0), line.size()));
        if (line.empty()) return;
        line.remove_prefix(1);
        if (line.starts_with(']')) {
            const auto end = line.find_first_of("\x07\\");
            line.remove_prefix(end == line.npos ? line.size() : end + 1);
            continue;
        }
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        const auto end = std::ranges::find_if(line, letter);
        line.remove_prefix(std::min(static_cast<std::size_t>(end - line.begin()) + 1, line.size()));
    }
}

// Pages put a space of another kind where there are two, and marks that nobody sees.
void replace_odd_spaces(std::string& line) {
    constexpr std::string_view hard_space = "\xc2\xa0";
    constexpr std::string_view no_width = "\xe2\x80\x8b";
    for (auto at = line.find(hard_space); at != line.npos; at = line.find(hard_space, at))
        line.replace(at, hard_space.size(), " ");
    for (auto at = line.find(no_width); at != line.npos; at = line.find(no_width, at))
        line.erase(at, no_width.size());
}

// Whether what stands before a heading begins a string of JSON: a list of lines, or an object a line.
bool begins_string(std::string_view before) {
    const auto begin = trimmed(before);
    return begin.ends_with('"') && (begin.starts_with('{') || begin.starts_with('[') || begin.size() == 1);
}

}  // namespace

std::string plain_text(std::string_view as_sent, model::StopToken stop) {
    const auto text = without_html(without_json_escapes(as_utf8(as_sent)));
    std::string plain;
    plain.reserve(text.size());
    std::string clean;
    std::string string;  // what one of JSON stands for
    Prefix prefix;
    bool is_string = false;
    for (Lines lines(text); lines.next() && !stop.stop_requested();) {
        clean.clear();
        append_without_escapes(lines.line(), clean);
        replace_odd_spaces(clean);
        std::string_view rest = clean;
        auto mark = heading_at(rest);
        if (!mark) mark = thread_line_at(rest);
        if (mark) {
            prefix = Prefix(rest.substr(0, *mark));
            is_string = begins_string(rest.substr(0, *mark));
            rest.remove_prefix(*mark);
        } else {
            rest = prefix.taken_off(rest);
        }
        if (is_string && rest.size() < clean.size()) rest = string = json_string(rest);
        rest.remove_prefix(service_size(rest));
        rest.remove_prefix(timestamp_size(rest));
        if (trimmed(rest).empty()) continue;  // where one says something, a page has doubled them all
        plain.append(rest) += '\n';
    }
    return plain;
}

}  // namespace revenant::reports
