#include "model/generated/code.hpp"

#include <algorithm>
#include <sstream>

namespace revenant::model::generated {
namespace {

enum class Form : std::uint8_t { place, place_operand, cas, raise, fence, bare };
struct Row {
    Verb verb;
    const char* text;
    Form form;
    bool ordered;
    const char* places;
};
constexpr const char* atomic_places = "xyzu";
constexpr const char* plain_places = "dev";
constexpr Row forms[] = {
    {Verb::load, "load", Form::place, true, atomic_places},
    {Verb::store, "store", Form::place_operand, true, atomic_places},
    {Verb::add, "add", Form::place_operand, true, atomic_places},
    {Verb::bit_or, "or", Form::place_operand, true, atomic_places},
    {Verb::bit_and, "and", Form::place_operand, true, atomic_places},
    {Verb::bit_xor, "xor", Form::place_operand, true, atomic_places},
    {Verb::exchange, "exchange", Form::place_operand, true, atomic_places},
    {Verb::cas_strong, "cas_strong", Form::cas, true, atomic_places},
    {Verb::cas_weak, "cas_weak", Form::cas, true, atomic_places},
    {Verb::raise, "raise", Form::raise, true, atomic_places},
    {Verb::fence, "fence", Form::fence, true, ""},
    {Verb::lock, "lock", Form::place, false, "mnbrs"},
    {Verb::unlock, "unlock", Form::place, false, "mnbrs"},
    {Verb::try_lock, "try_lock", Form::place, false, "mnrs"},
    {Verb::lock_shared, "lock_shared", Form::place, false, "s"},
    {Verb::try_lock_shared, "try_lock_shared", Form::place, false, "s"},
    {Verb::wait, "wait", Form::place, false, "c"},
    {Verb::wait_for, "wait_for", Form::place, false, "c"},
    {Verb::notify_one, "notify_one", Form::place, false, "c"},
    {Verb::notify_all, "notify_all", Form::place, false, "c"},
    {Verb::once, "once", Form::place, false, "o"},
    {Verb::count_down, "count_down", Form::place, false, "kl"},
    {Verb::count_nothing, "count_nothing", Form::place, false, "kl"},
    {Verb::await, "await", Form::place, false, "kl"},
    {Verb::read, "read", Form::place, false, plain_places},
    {Verb::write, "write", Form::place_operand, false, plain_places},
    {Verb::free, "free", Form::bare, false, ""},
};

struct OrderName {
    std::memory_order order;
    const char* text;
};
constexpr OrderName order_names[] = {
    {std::memory_order::relaxed, "rlx"}, {std::memory_order::acquire, "acq"},
    {std::memory_order::release, "rel"}, {std::memory_order::acq_rel, "ar"},
    {std::memory_order::seq_cst, "sc"},
};

const char* name_of(std::memory_order order) {
    return std::find_if(std::begin(order_names), std::end(order_names),
                        [&](const auto& o) { return o.order == order; })
        ->text;
}

bool read_order(std::string_view text, std::memory_order& order) {
    const auto* const found = std::find_if(std::begin(order_names), std::end(order_names),
                                           [&](const auto& o) { return o.text == text; });
    if (found != std::end(order_names)) order = found->order;
    return found != std::end(order_names);
}

bool is_cas(Form form) { return form == Form::cas || form == Form::raise; }

bool read_orders(const Row& row, std::string_view text, Statement& s) {
    if (!is_cas(row.form)) return read_order(text, s.order);
    const auto slash = text.find('/');
    return slash != std::string_view::npos && read_order(text.substr(0, slash), s.order) &&
           read_order(text.substr(slash + 1), s.failure_order);
}

bool parse_statement(const std::string& text, Statement& s) {
    std::istringstream in(text);
    std::string word;
    in >> word;
    if (word == "if") {
        if (!(in >> s.guard >> word) || word != "then") return false;
        in >> word;
    }
    const auto* const row =
        std::find_if(std::begin(forms), std::end(forms), [&](const Row& r) { return r.text == word; });
    if (row == std::end(forms)) return false;
    s.verb = row->verb;
    if (row->form != Form::bare && row->form != Form::fence) {
        if (!(in >> s.place) || std::string_view(row->places).find(s.place) == std::string_view::npos)
            return false;
    }
    if (row->form == Form::cas && !(in >> s.expected)) return false;
    if ((row->form == Form::cas || row->form == Form::place_operand) && !(in >> s.operand)) return false;
    if (row->ordered && (!(in >> word) || !read_orders(*row, word, s))) return false;
    return !(in >> word);
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::istringstream in{std::string(text)};
    for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
    return parts;
}

bool may_have(Verb verb, std::memory_order order) {
    const bool releases = order == std::memory_order::release || order == std::memory_order::acq_rel;
    const bool acquires = order == std::memory_order::acquire || order == std::memory_order::acq_rel;
    return !(verb == Verb::load && releases) && !(verb == Verb::store && acquires);
}

// Whether a thread that holds these must not take another: a mutex twice, unless it is the recursive one.
bool has_it(const std::string& held, char place) {
    const auto has = [&](char one) { return held.find(one) != std::string::npos; };
    if (place == 'r') return false;
    if (place == 'b') return has('b') || has('m') || has('n');
    return has(place) || (has('b') && (place == 'm' || place == 'n'));
}

bool nests(const Thread& thread) {
    std::string held;
    for (const auto& s : thread) {
        if (!takes_mutex(s.verb) && s.verb != Verb::unlock) continue;
        if (s.guard != unguarded) return false;
        if (takes_mutex(s.verb)) {
            if (has_it(held, s.place)) return false;
            held.push_back(s.place);
        } else {
            if (held.empty() || held.back() != s.place) return false;
            held.pop_back();
        }
    }
    return held.empty();
}

}  // namespace

std::string to_text(const Statement& s) {
    const auto& row =
        *std::find_if(std::begin(forms), std::end(forms), [&](const Row& r) { return r.verb == s.verb; });
    std::string text;
    if (s.guard != unguarded) text += "if " + std::to_string(s.guard) + " then ";
    text += row.text;
    if (row.form != Form::bare && row.form != Form::fence) text += std::string(" ") + s.place;
    if (row.form == Form::cas) text += " " + std::to_string(s.expected);
    if (row.form == Form::cas || row.form == Form::place_operand) text += " " + std::to_string(s.operand);
    if (row.ordered) text += std::string(" ") + name_of(s.order);
    if (is_cas(row.form)) text += std::string("/") + name_of(s.failure_order);
    return text;
}

std::string to_text(const Code& code) {
    std::string text = code.is_watched ? "watched\n" : "";
    for (const auto& thread : code.threads) {
        for (std::size_t i = 0; i < thread.size(); ++i) text += (i == 0 ? "" : "; ") + to_text(thread[i]);
        text += "\n";
    }
    return text;
}

Result<Code> parse_code(std::string_view text) {
    Code code;
    for (const auto& line : split(text, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        if (line == "watched") {
            code.is_watched = true;
            continue;
        }
        auto& thread = code.threads.emplace_back();
        for (const auto& part : split(line, ';')) {
            if (!parse_statement(part, thread.emplace_back())) {
                return BadInput{"generated: '" + part + "' is not a statement"};
            }
        }
    }
    if (!is_well_formed(code)) return BadInput{"generated: not a program:\n" + std::string(text)};
    return code;
}

Result<std::vector<Code>> parse_codes(std::string_view text) {
    std::vector<Code> codes;
    std::string block;
    bool has_thread = false;
    auto lines = split(text, '\n');
    lines.emplace_back();
    for (const auto& line : lines) {
        has_thread = has_thread || (!line.empty() && line.front() != '#');
        if (!line.empty()) block += line + "\n";
        if (!line.empty() || !has_thread) continue;
        auto code = parse_code(block);
        if (!code) return BadInput{code.error()};
        codes.push_back(*code);
        block.clear();
        has_thread = false;
    }
    return codes;
}

bool is_well_formed(const Code& code) {
    const auto fits = [](const Statement& s) {
        return may_have(s.verb, s.order) && may_have(Verb::load, s.failure_order);
    };
    return code.threads.size() >= threads_min && code.threads.size() <= threads_max &&
           std::all_of(code.threads.begin(), code.threads.end(), [&](const Thread& t) {
               return !t.empty() && t.size() <= statements_max && nests(t) &&
                      std::all_of(t.begin(), t.end(), fits);
           });
}

bool uses(const Code& code, char place) {
    for (const auto& thread : code.threads) {
        for (const auto& s : thread) {
            if (s.place == place) return true;
        }
    }
    return false;
}

std::vector<unsigned> twins(const Code& code) {
    std::vector<unsigned> classes;
    for (const auto& thread : code.threads) {
        const auto first = std::find(code.threads.begin(), code.threads.end(), thread);
        classes.push_back(static_cast<unsigned>(first - code.threads.begin()));
    }
    return classes;
}

}  // namespace revenant::model::generated
