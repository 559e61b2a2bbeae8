#include "reports/import/text/encoding.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "reports/import/text/letters.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

void append_utf8(std::uint32_t code, std::string& to) {
    const auto put = [&](std::uint32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
    }
    put(0x80 | (code & 0x3f));
}

std::string from_utf16(std::string_view text, bool big_endian) {
    std::string utf8;
    utf8.reserve(text.size() / 2);
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const std::uint32_t first = static_cast<unsigned char>(text[at]);
        const std::uint32_t second = static_cast<unsigned char>(text[at + 1]);
        return big_endian ? first << 8u | second : second << 8u | first;
    };
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        auto code = unit(at);
        const bool is_pair = code >= 0xd800 && code < 0xdc00 && at + 3 < text.size();
        if (is_pair && unit(at + 2) >= 0xdc00 && unit(at + 2) < 0xe000) {
            code = 0x10000 + ((code & 0x3ff) << 10 | (unit(at + 2) & 0x3ff));
            at += 2;
        }
        append_utf8(code, utf8);
    }
    return utf8;
}

// Every other byte of a text in Latin letters is 0.
bool has_nul_at(std::string_view text, std::size_t odd) {
    const auto size = std::min<std::size_t>(text.size() & ~std::size_t{1}, 64);
    std::size_t nuls = 0;
    for (auto i = odd; i < size; i += 2) nuls += text[i] == '\0' ? 1 : 0;
    return size >= 8 && nuls * 10 >= size / 2 * 9;
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++count;
    return count;
}

// `\u001b`, and what a backslash and a letter stand for; anything else stays.
std::size_t unescape_at(std::string_view line, std::string& to) {
    const char c = line.size() > 1 ? line[1] : '\0';
    switch (c) {
        case 'n': to += '\n'; return 2;
        case 'r': return 2;
        case 't': to += '\t'; return 2;
        case '"':
        case '\\':
        case '/': to += c; return 2;
        default: break;
    }
    std::uint32_t code = 0;
    const auto digits = line.substr(std::min<std::size_t>(2, line.size()), 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (c != 'u' || digits.size() < 4 || error != std::errc{} || end != digits.data() + 4) {
        to += '\\';
        return 1;
    }
    append_utf8(code, to);
    return 6;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The name of the tag that begins the text, in small letters; empty if none that a page of reports has.
std::string tag_name(std::string_view text) {
    std::size_t at = text.starts_with("</") ? 2 : 1;
    std::string name;
    while (at < text.size() && (is_letter(text[at]) || (text[at] >= '1' && text[at] <= '6')) &&
           name.size() < 12)
        name += lower(text[at++]);
    constexpr std::string_view known[] = {
        "br", "span", "pre",     "div",     "code",       "font", "td", "tr",    "table",  "ul",
        "li", "ol",   "html",    "body",    "tt",         "samp", "hr", "tbody", "strong", "head",
        "em", "kbd",  "section", "article", "blockquote", "th",   "h1", "h2",    "h3"};
    // One letter is a template's argument as well: `<p>` counts where it is closed, or has attributes.
    constexpr std::string_view short_ones[] = {"a", "b", "i", "p", "u", "s"};
    const bool closing = text.starts_with("</");
    const bool attributes = at < text.size() && text[at] == ' ' && text.substr(at, 60).find('=') != text.npos;
    const bool is_known = std::ranges::find(known, name) != std::end(known);
    const bool is_short = std::ranges::find(short_ones, name) != std::end(short_ones);
    if (!is_known && !(is_short && (closing || attributes))) return {};
    const bool ends = at < text.size() && (text[at] == '>' || text[at] == ' ' || text[at] == '/');
    return ends ? name : std::string();
}

struct Entity {
    std::string_view text;
    std::string_view means;
};
constexpr Entity entities[] = {{"&lt;", "<"},   {"&gt;", ">"},   {"&amp;", "&"},  {"&quot;", "\""},
                               {"&#39;", "'"},  {"&apos;", "'"}, {"&nbsp;", " "}, {"&#x27;", "'"},
                               {"&#60;", "<"},  {"&#62;", ">"},  {"&#34;", "\""}, {"&#38;", "&"},
                               {"&#160;", " "}, {"&#x2F;", "/"}, {"&#47;", "/"}};

bool is_html(std::string_view text) {
    constexpr std::string_view signs[] = {"<br", "<BR",  "<span", "<pre",  "<div",   "<code", "</p>",
                                          "</",  "&lt;", "&gt;",  "&amp;", "&quot;", "&#",    "&nbsp;"};
    return std::ranges::any_of(signs, [&](auto sign) { return text.find(sign) != text.npos; });
}

}  // namespace

std::string as_utf8(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) return std::string(text.substr(3));
    if (text.starts_with("\xff\xfe")) return from_utf16(text.substr(2), false);
    if (text.starts_with("\xfe\xff")) return from_utf16(text.substr(2), true);
    if (has_nul_at(text, 1)) return from_utf16(text, false);
    if (has_nul_at(text, 0)) return from_utf16(text, true);
    return std::string(text);
}

std::string without_json_escapes(std::string text) {
    if (text.find("\\n") == text.npos) return text;
    // A path may have one in it, `C:\new`; a line that begins as JSON does, or as a string of Python's, has
    // none.
    const auto lines_min = [](std::string_view line) {
        const auto begin = trimmed(line);
        constexpr std::string_view json[] = {"{", "[\"", "\"", "'", "b'", "b\""};
        return std::ranges::any_of(json, [&](auto mark) { return begin.starts_with(mark); }) ? 1u : 3u;
    };
    std::string plain;
    plain.reserve(text.size());
    for (Lines lines(text); lines.next();) {
        auto line = lines.line();
        if (count_of(line, "\\n") < lines_min(line)) {
            plain.append(line) += '\n';
            continue;
        }
        // The string begins behind a quotation mark; what is before it names it.
        const auto first = line.find("\\n");
        const auto quote = line.substr(0, first).rfind('"');
        if (quote != line.npos && (quote == 0 || line[quote - 1] != '\\')) line.remove_prefix(quote + 1);
        while (!line.empty()) {
            if (line.front() != '\\') {
                plain += line.front();
                line.remove_prefix(1);
            } else {
                line.remove_prefix(std::min(unescape_at(line, plain), line.size()));
            }
        }
        plain += '\n';
    }
    return plain;
}

std::string json_string(std::string_view rest) {
    std::string plain;
    while (!rest.empty() && rest.front() != '"') {
        if (rest.front() != '\\') {
            plain += rest.front();
            rest.remove_prefix(1);
        } else {
            rest.remove_prefix(std::min(unescape_at(rest, plain), rest.size()));
        }
    }
    return plain;
}

std::string without_html(std::string text) {
    if (!is_html(text)) return text;
    std::string plain;
    plain.reserve(text.size());
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto mark = rest.find_first_of("<&");
        plain += rest.substr(0, mark);
        rest.remove_prefix(std::min(mark, rest.size()));
        if (rest.empty()) break;
        const auto* const entity =
            std::ranges::find_if(entities, [&](const Entity& one) { return rest.starts_with(one.text); });
        if (entity != std::end(entities)) {
            plain += entity->means;
            rest.remove_prefix(entity->text.size());
            continue;
        }
        const auto name = rest.front() == '<' ? tag_name(rest) : std::string();
        if (name.empty()) {
            plain += rest.front();
            rest.remove_prefix(1);
            continue;
        }
        const bool breaks =
            name == "br" || name == "div" || name == "p" || name == "li" || name == "tr" || name == "pre";
        rest.remove_prefix(std::min(rest.find('>'), rest.size() - 1) + 1);
        if (breaks && !plain.ends_with('\n')) plain += '\n';
    }
    return plain;
}

}  // namespace revenant::reports
