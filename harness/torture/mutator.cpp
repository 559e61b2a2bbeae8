#include "harness/torture/mutator.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace revenant::harness::torture {
namespace {

std::size_t place(Random& random, const std::string& text) { return random.below(text.size() + 1); }

// Where a line begins, and where the next one does.
std::pair<std::size_t, std::size_t> line(Random& random, const std::string& text) {
    const auto at = place(random, text);
    const auto before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const auto begin = before == std::string::npos ? 0 : before + 1;
    const auto end = text.find('\n', begin);
    return {begin, end == std::string::npos ? text.size() : end + 1};
}

void flip_bit(Random& random, std::string& text) {
    if (text.empty()) return;
    auto& byte = text[random.below(text.size())];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << random.below(8)));
}

void cut_end(Random& random, std::string& text) { text.resize(place(random, text)); }

void cut_middle(Random& random, std::string& text) { text.erase(place(random, text), 1 + random.below(200)); }

void double_line(Random& random, std::string& text) {
    const auto [begin, end] = line(random, text);
    const auto copy = text.substr(begin, end - begin);
    const auto times = random.one_in(20) ? 20'000 / (copy.size() + 1) : 1;
    for (std::size_t i = 0; i < times; ++i) text.insert(end, copy);
}

void drop_line(Random& random, std::string& text) {
    const auto [begin, end] = line(random, text);
    text.erase(begin, end - begin);
}

void move_line(Random& random, std::string& text) {
    const auto [begin, end] = line(random, text);
    const auto moved = text.substr(begin, end - begin);
    text.erase(begin, end - begin);
    text.insert(line(random, text).first, moved);
}

void insert(Random& random, std::string& text, std::string_view what) {
    text.insert(place(random, text), what);
}

void insert_control(Random& random, std::string& text) {
    insert(random, text, std::string(1, static_cast<char>(random.one_in(8) ? 0x7f : random.below(32))));
}

// Sequences that rename a window, clear it, paste, ask it to answer; and C1, which some terminals obey.
void insert_escape(Random& random, std::string& text) {
    static constexpr std::string_view sequences[] = {
        "\x1b]0;owned\x07",   "\x1b[2J", "\x1b[31m", "\x1b[?1049h", "\x1bP$q\x1b\\",
        "\302\23331m",  // octal: a hexadecimal one would go on
        "\x1b]52;c;eA==\x07", "\x1b",    "\r",       "\b\b\b"};
    insert(random, text, random.pick(sequences));
}

void insert_invalid_utf8(Random& random, std::string& text) {
    static constexpr std::string_view pieces[] = {
        "\xff",         "\xc0\xaf",         "\xed\xa0\x80", "\xe2\x82", "\x80", "\xf4\x90\x80\x80",
        "\xf0\x9f\x98", "\xfe\xfe\xff\xff", "\xc3"};
    insert(random, text, random.pick(pieces));
}

// Marks that turn a line round, separators, what has no width, what is drawn over its neighbours.
void insert_odd_unicode(Random& random, std::string& text) {
    static constexpr std::string_view pieces[] = {
        "\xe2\x80\xae", "\xe2\x81\xa6",     "\xe2\x80\xa8",
        "\xef\xbb\xbf", "\xe2\x80\x8b",     "\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
        "\xc2\x85",     "\xf3\xa0\x80\x81", "\xef\xbf\xbe"};
    insert(random, text, random.pick(pieces));
}

void insert_nesting(Random& random, std::string& text) {
    static constexpr std::string_view pieces[] = {"[",  "{\"a\":", "<a>",         "(",
                                                  "[[", "work 1 ", "std::vector<"};
    const auto piece = random.pick(pieces);
    std::string nest;
    const std::size_t depth = std::size_t{1} << (3 + random.below(14));
    for (std::size_t i = 0; i < depth; ++i) nest += piece;
    insert(random, text, nest);
}

void change_number(Random& random, std::string& text) {
    static constexpr std::string_view numbers[] = {"0",
                                                   "1",
                                                   "-1",
                                                   "00",
                                                   "4294967295",
                                                   "4294967296",
                                                   "2147483648",
                                                   "9223372036854775808",
                                                   "18446744073709551615",
                                                   "18446744073709551616",
                                                   "1e308",
                                                   "1e999",
                                                   "0x10",
                                                   "1.5",
                                                   "-0",
                                                   "1000000",
                                                   "99999999999999999999999999999999999999999999999999",
                                                   "nan",
                                                   ""};
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    const auto from = text.begin() + static_cast<std::ptrdiff_t>(place(random, text));
    const auto begin = std::find_if(from, text.end(), is_digit);
    const auto end = std::find_if_not(begin, text.end(), is_digit);
    text.replace(begin, end, random.pick(numbers));
}

void windows_lines(Random&, std::string& text) {
    std::string changed;
    for (const char c : text) changed += c == '\n' ? std::string("\r\n") : std::string(1, c);
    text = changed;
}

void long_line(Random& random, std::string& text) {
    insert(random, text, std::string(std::size_t{1} << (8 + random.below(12)), random.one_in(2) ? 'A' : ' '));
}

void splice(Random& random, std::string& text) {
    const auto from = place(random, text);
    const auto piece = text.substr(from, 1 + random.below(400));
    text.insert(place(random, text), piece);
}

struct Kind {
    const char* name;
    void (*apply)(Random&, std::string&);
};
constexpr Kind kinds[] = {
    {"bit flipped", flip_bit},
    {"end cut off", cut_end},
    {"piece cut out", cut_middle},
    {"line doubled", double_line},
    {"line dropped", drop_line},
    {"line moved", move_line},
    {"control", insert_control},
    {"escape sequence", insert_escape},
    {"invalid UTF-8", insert_invalid_utf8},
    {"odd Unicode", insert_odd_unicode},
    {"nesting", insert_nesting},
    {"number changed", change_number},
    {"Windows lines", windows_lines},
    {"long line", long_line},
    {"piece copied", splice},
};

}  // namespace

std::size_t damage_count() { return std::size(kinds); }

Mutant damage(std::size_t kind, Random& random, std::string text) {
    kinds[kind].apply(random, text);
    return {std::move(text), kinds[kind].name};
}

Mutant mutate(Random& random, std::string text) {
    Mutant mutant{std::move(text), {}};
    const auto damages = 1 + random.below(4);
    for (std::size_t i = 0; i < damages; ++i) {
        mutant = damage(random.below(damage_count()), random, std::move(mutant.text));
    }
    return mutant;
}

}  // namespace revenant::harness::torture
