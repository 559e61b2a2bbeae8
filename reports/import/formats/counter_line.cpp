#include "reports/import/formats/counter_line.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>

#include "reports/import/formats/log_thread.hpp"
#include "reports/import/text/letters.hpp"
#include "reports/import/text/lines.hpp"

namespace revenant::reports {
namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool begins_name(char c) { return is_letter(c) || c == '_'; }

// A count that has gone below 0 is often printed as what its type makes of it.
std::int64_t signed_count(std::uint64_t value) {
    constexpr auto max = std::numeric_limits<std::uint64_t>::max();
    if (value > max - 1000) return -static_cast<std::int64_t>(max - value) - 1;
    if (value > 0xffffffff - 1000 && value <= 0xffffffff)
        return static_cast<std::int64_t>(value) - 0x100000000;
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()));
}

std::optional<std::int64_t> take_number(std::string_view& text) {
    auto rest = trimmed(text);
    const bool negative = rest.starts_with('-') && rest.size() > 1 && is_digit(rest[1]);
    if (negative) rest.remove_prefix(1);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc{}) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (rest.starts_with('x') || rest.starts_with('.') || (!rest.empty() && begins_name(rest.front())))
        return std::nullopt;
    text = rest;
    return negative ? -static_cast<std::int64_t>(std::min<std::uint64_t>(value, 1'000'000))
                    : signed_count(value);
}

// Takes one of the signs off the front. Returns its place in the list, or its size.
template <std::size_t Size>
std::size_t take_sign(std::string_view& text, const std::string_view (&signs)[Size]) {
    const auto rest = trimmed(text);
    for (std::size_t i = 0; i < Size; ++i) {
        if (!rest.starts_with(signs[i])) continue;
        text = rest.substr(signs[i].size());
        return i;
    }
    return Size;
}

// The type that stands just before the address, taken off: `<config>`, `[config]`, `config`, `config*`.
std::string take_type(std::string_view& before) {
    auto text = trimmed(before);
    while (!text.empty() && (text.ends_with('=') || text.ends_with('(') || text.ends_with('@') ||
                             text.ends_with(':') || text.ends_with('*') || text.ends_with(' ')))
        text.remove_suffix(1);
    std::size_t begin = text.size();
    std::string type;
    if (text.ends_with('>')) {
        begin = std::min(text.rfind('<'), text.size());
        type = text.substr(begin);
    } else if (text.ends_with(']')) {
        begin = std::min(text.rfind('['), text.size());
        const auto inside =
            begin < text.size() ? text.substr(begin + 1, text.size() - begin - 2) : std::string_view();
        const bool is_thread = is_thread_label(inside) || inside.find("hread") != inside.npos;
        if (is_thread || is_level(inside) || is_time(inside) ||
            (!inside.empty() && std::ranges::all_of(inside, is_digit)))
            return {};
        type = "<" + std::string(inside) + ">";
    } else {
        while (begin > 0 && (is_name(text[begin - 1]) || text[begin - 1] == ':')) --begin;
        const auto word = text.substr(begin);
        if (word.empty() || is_digit(word.front()) || word == "this" || word == "ptr" ||
            word.ends_with(':') || is_thread_label(word))
            return {};
        type = "<" + std::string(word) + ">";
    }
    before = text.substr(0, begin);
    return type;
}

// A place of an address that is no part of a longer word.
std::size_t address_at(std::string_view line) {
    for (auto at = line.find("0x"); at != line.npos; at = line.find("0x", at + 2)) {
        const bool begins = at == 0 || !is_name(line[at - 1]);
        if (begins && at + 2 < line.size() && is_hex(line[at + 2])) return at;
    }
    return line.npos;
}

std::string_view take_name(std::string_view& text) {
    const auto begin = std::ranges::find_if(text, [](char c) { return is_name(c); });
    if (begin == text.end() || is_digit(*begin)) return {};
    auto rest = text.substr(static_cast<std::size_t>(begin - text.begin()));
    const auto end =
        std::ranges::find_if_not(rest, [](char c) { return is_name(c) || c == ':' || c == '.' || c == '~'; });
    auto name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    text = rest.substr(name.size());
    while (name.ends_with(':') || name.ends_with('.')) name.remove_suffix(1);
    return name;
}

// `refs=`, `count:`, `(`, `refcount now`: what people put between the verb and the numbers. Not a word that
// could be a verb of something else, with a number of its own.
constexpr std::string_view fillers[] = {"refs",  "ref",       "refcount", "ref_count", "count",    "cnt",
                                        "rc",    "refcnt",    "now",      "to",        "from",     "strong",
                                        "is",    "new",       "mRefCnt",  "mRefCount", "n",        "usecount",
                                        "users", "use_count", "of",       "weak",      "refCount", "was"};
void skip_filler(std::string_view& text) {
    while (true) {
        const auto start = text.find_first_not_of(" \t:=([,");
        if (start == text.npos) return;
        auto rest = text.substr(start);
        if (rest.starts_with(')')) {
            rest.remove_prefix(1);
            text = rest;
            continue;
        }
        const auto end = std::ranges::find_if_not(rest, [](char c) { return is_name(c); });
        const auto word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (std::ranges::find(fillers, word) == std::end(fillers)) {
            text = rest;
            return;
        }
        text = rest.substr(word.size());
    }
}

bool is_count(std::string_view word) {
    constexpr std::string_view counts[] = {"refs",      "refcount", "ref_count", "refcnt",    "mRefCnt",
                                           "mRefCount", "refCount", "usecount",  "use_count", "RefCount"};
    return std::ranges::find(counts, word) != std::end(counts);
}

bool is_operation(const std::string& call) {
    return !call.empty() && call != "read" && call != "write" && call != "intern";
}

// `Release(): this=0x10 refs=0`: the last word in front of the object that is known. Empty: there is none.
std::string_view verb_in(std::string_view before, Verbs& verbs) {
    while (!before.empty()) {
        while (!before.empty() && !is_name(before.back())) before.remove_suffix(1);
        auto begin = before.size();
        while (begin > 0 && is_name(before[begin - 1])) --begin;
        const auto word = before.substr(begin);
        if (!word.empty() && is_operation(verbs.call_of(word))) return word;
        before.remove_suffix(word.size());
    }
    return {};
}

}  // namespace

std::optional<CounterChange> take_change(std::string_view& text) {
    auto rest = text;
    const auto before = take_number(rest);
    if (!before) return std::nullopt;
    constexpr std::string_view arrows[] = {"->", "→", "=>", "-->", "to ", "=&gt;", "now ", ", now "};
    constexpr std::string_view steps[] = {"-", "−", "–", "+"};
    if (take_sign(rest, arrows) < std::size(arrows)) {
        const auto after = take_number(rest);
        if (!after) return std::nullopt;
        text = rest;
        return CounterChange{*before, *after};
    }
    const auto sign = take_sign(rest, steps);
    const auto second = sign < std::size(steps) ? take_number(rest) : std::nullopt;
    if (!second) return std::nullopt;
    // `1 - 1 = 0` has the step, `1 - 0` the new count.
    auto sum = rest;
    constexpr std::string_view equals[] = {"=", "->", "→"};
    if (take_sign(sum, equals) < std::size(equals)) {
        if (const auto after = take_number(sum)) {
            text = sum;
            return CounterChange{*before, *after};
        }
    }
    if (sign == 3) return std::nullopt;
    text = rest;
    return CounterChange{*before, *second};
}

const std::string& Verbs::call_of(std::string_view verb) {
    constexpr std::size_t known_max = 10'000;  // of what is a verb in no log, there may be any number
    const auto known = known_.find(verb);
    if (known != known_.end()) return known->second;
    last_ = vocabulary_.call_of_verb(verb);
    if (known_.size() < known_max) known_.emplace(verb, last_);
    return last_;
}

std::optional<CounterLine> counter_line(std::string_view line, Verbs& verbs) {
    const auto at = address_at(line);
    if (at == line.npos) return std::nullopt;
    CounterLine read;
    auto before = line.substr(0, at);
    auto rest = line.substr(at);
    const auto address_end = std::ranges::find_if_not(rest, is_name);
    read.address = rest.substr(0, static_cast<std::size_t>(address_end - rest.begin()));
    const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::ranges::transform(read.address, read.address.begin(), lower);
    rest.remove_prefix(read.address.size());
    const bool is_argument = rest.starts_with(')');
    const auto in_front = trimmed(before);
    const bool is_marked = in_front.ends_with('>') || in_front.ends_with(']');
    read.type = take_type(before);
    // What looked like a type may be the verb.
    const auto name_in_front =
        read.type.size() > 2 ? read.type.substr(1, read.type.size() - 2) : std::string();
    const bool is_verb =
        !is_marked && trimmed(rest).starts_with('(') && is_operation(verbs.call_of(last_part(name_in_front)));
    // `AddRef(0x10) 2` and `kref_put: 0x10 (1 → 0)`.
    if ((is_argument || is_verb) && !name_in_front.empty()) {
        read.verb = name_in_front;
        read.type.clear();
    } else {
        const auto behind = rest;
        read.verb = take_name(rest);
        const bool is_filler = std::ranges::find(fillers, read.verb) != std::end(fillers);
        const auto in_front_of_it =
            is_filler || read.verb.empty() ? verb_in(before, verbs) : std::string_view();
        if (!in_front_of_it.empty()) {
            read.verb = in_front_of_it;
            rest = behind;
        }
    }
    read.call = verbs.call_of(last_part(read.verb));
    read.verb_known = is_operation(read.call);
    if (read.verb.empty()) return std::nullopt;
    skip_filler(rest);
    if (auto change = take_change(rest)) {
        read.change = *change;
        // A count of one byte or two that has gone below 0.
        const bool wraps = change->before == 0 && (change->after == 0xff || change->after == 0xffff);
        if (wraps && read.call.starts_with("release")) read.change.after = -1;
        const auto step = read.change.after - read.change.before;
        if (step != 1 && step != -1) return std::nullopt;
        // Two numbers tell the direction, whatever the word.
        const bool up = step == 1;
        const bool fits = read.verb_known &&
                          (up ? read.call == "clone" || read.call == "upgrade" || read.call == "downgrade"
                              : read.call.starts_with("release"));
        if (!fits) {
            // A word that is none, behind a word that may be no type, is of something else; `refcount` is
            // not.
            if (!is_marked && !is_count(read.verb)) return std::nullopt;
            read.call = up ? "clone" : "release";
            read.verb_known = false;
        }
    } else {
        // The new count alone: the word tells the old one.
        const auto after = take_number(rest);
        if (!after || !read.verb_known) return std::nullopt;
        const bool down = read.call.starts_with("release");
        if (!down && *after < 1) return std::nullopt;  // no reference that is taken leaves none
        read.change = {*after + (down ? 1 : -1), *after};
    }
    append_labels(rest, read.labels);
    append_labels(before, read.labels);
    if (read.labels.empty()) read.thread = named_thread(line.substr(0, at));
    return read;
}

std::string_view made_in(std::string_view line) {
    const auto at = address_at(line);
    if (at == line.npos) return {};
    constexpr std::string_view words[] = {"created", "allocated", "constructed", "alloc", "new",
                                          "ctor",    "construct", "create",      "init",  "initialized"};
    for (auto rest = line; !rest.empty();) {
        const auto begin = std::ranges::find_if(rest, begins_name);
        const auto end = std::find_if_not(begin, rest.end(), is_name);
        if (std::ranges::find(words, std::string_view(begin, end)) != std::end(words)) {
            const auto address = line.substr(at);
            return address.substr(
                0, static_cast<std::size_t>(std::ranges::find_if_not(address, is_name) - address.begin()));
        }
        rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
    }
    return {};
}

}  // namespace revenant::reports
