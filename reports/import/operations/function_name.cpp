#include "reports/import/operations/function_name.hpp"
#include "reports/import/text/letters.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace revenant::reports {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_identifier(char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '$'; }

// Rust's older names are spelled for linkers that know letters only.
std::string decoded(std::string_view text) {
    constexpr auto codes = std::to_array<std::pair<std::string_view, std::string_view>>({{"$LT$", "<"},
                                                                                         {"$GT$", ">"},
                                                                                         {"$u20$", " "},
                                                                                         {"$C$", ","},
                                                                                         {"$RF$", "&"},
                                                                                         {"$BP$", "*"},
                                                                                         {"$u7b$", "{"},
                                                                                         {"$u7d$", "}"},
                                                                                         {"..", "::"}});
    if (text.find("$LT$") == text.npos && text.find("$u7b$") == text.npos) return std::string(text);
    std::string plain;
    while (!text.empty()) {
        const auto* const code =
            std::ranges::find_if(codes, [&](const auto& one) { return text.starts_with(one.first); });
        if (code == codes.end()) {
            plain += text.front();
            text.remove_prefix(1);
        } else {
            plain += code->second;
            text.remove_prefix(code->first.size());
        }
    }
    // An identifier may not begin with `<`, so that one that would has an underscore before it.
    if (plain.starts_with("_<")) plain.erase(0, 1);
    return plain;
}

// `::h0123456789abcdef`, which tells two builds of one function apart.
std::string_view without_hash(std::string_view text) {
    constexpr std::size_t size = 3 + 16;
    if (text.size() <= size) return text;
    const auto tail = text.substr(text.size() - size);
    const bool is_hash = tail.starts_with("::h") && std::ranges::all_of(tail.substr(3), [](char c) {
                             return is_digit(c) || (c >= 'a' && c <= 'f');
                         });
    return is_hash ? text.substr(0, text.size() - size) : text;
}

// The place of the bracket that closes the one at `open`; the end of the text if there is none.
std::size_t closing(std::string_view text, std::size_t open) {
    int depth = 0;
    for (auto i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<' || c == '(' || c == '[' || c == '{') ++depth;
        if ((c == '>' && (i == 0 || text[i - 1] != '-')) || c == ')' || c == ']' || c == '}') --depth;
        if (depth == 0) return i;
    }
    return text.size();
}

/// Goes through a name from left to right and gathers its parts.
class NameReader {
public:
    explicit NameReader(std::string_view text) : text_(text) {}

    FunctionName read() {
        if (text_.starts_with("-[") || text_.starts_with("+[")) return selector();
        if (text_.starts_with('<')) rust_trait();
        while (at_ < text_.size() && !ended_) step();
        split();
        return std::move(name_);
    }

private:
    [[nodiscard]] bool at_part_begin() const {
        return name_.bare.empty() || name_.bare.ends_with(':') || name_.bare.ends_with('.');
    }

    void step() {
        const char c = text_[at_];
        const bool behind_identifier = !name_.bare.empty() && is_identifier(name_.bare.back());
        if (!behind_identifier && text_.substr(at_).starts_with("operator") &&
            (at_ + 8 == text_.size() || !is_identifier(text_[at_ + 8]))) {
            return take_operator();
        }
        if (c == '`') return take_quoted();
        if (c == '(') return take_parentheses();
        if (c == '{') return copy_to(closing(text_, at_));  // {{closure}}, {lambda(int)#1}
        if (c == '<' || c == '[') {
            const auto end = closing(text_, at_);
            if (c == '<') name_.arguments = text_.substr(at_ + 1, end - std::min(end, at_ + 1));
            at_ = end + 1;
            return;
        }
        ++at_;
        if (c == '>' || c == ')' || c == ']' || c == '}') return;
        if (c == ' ') {
            name_.bare.clear();  // what came before was a return type
            name_.arguments.clear();
            return;
        }
        // Templates belong to the part before them.
        if (is_identifier(c) && at_part_begin()) name_.arguments.clear();
        name_.bare += c;
    }

    void copy_to(std::size_t end) {
        name_.bare += text_.substr(at_, end + 1 - at_);
        at_ = end + 1;
    }

    // Microsoft's names for what has none: `scalar deleting destructor', `anonymous namespace'.
    void take_quoted() {
        const auto end = text_.find('\'', at_);
        if (end == text_.npos) {
            ++at_;
            return;
        }
        const auto inside = text_.substr(at_ + 1, end - at_ - 1);
        if (!inside.ends_with("deleting destructor") || !name_.bare.ends_with("::")) return copy_to(end);
        const auto owner = std::string_view(name_.bare).substr(0, name_.bare.size() - 2);
        name_.bare += "~" + std::string(last_part(owner));
        at_ = end + 1;
    }

    // Parameters end a name, unless another part follows: `f(int)::{lambda()#1}::operator()`. At the
    // beginning of a part the parentheses are of the name: `(anonymous namespace)::f`, `main.(*T).Release`.
    void take_parentheses() {
        const auto end = closing(text_, at_);
        const auto inside = text_.substr(at_ + 1, end - std::min(end, at_ + 1));
        const auto rest = text_.substr(std::min(end + 1, text_.size()));
        const bool goes_on = rest.starts_with("::") || rest.starts_with('.');
        if (at_part_begin()) {
            if (goes_on && (inside == "anonymous namespace" || inside.starts_with('*'))) return copy_to(end);
            at_ = end + 1;
            return;
        }
        if (!goes_on) {
            name_.parameters = inside;
            ended_ = true;
        }
        at_ = end + 1;
    }

    void take_operator() {
        name_.bare += "operator";
        at_ += 8;
        auto rest = text_.substr(at_);
        if (rest.starts_with("()")) {
            name_.bare += "()";
            at_ += 2;
            return;
        }
        // `->`, `<=`, ` delete[]`, ` std::string`: all until its parameters or template arguments.
        constexpr std::string_view signs[] = {
            "->*", "<=>", "<<=", ">>=", "->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
            "++",  "--",  "+=",  "-=",  "*=", "/=", "%=", "^=", "&=", "|=", "[]", "+",  "-",
            "*",   "/",   "%",   "^",   "&",  "|",  "~",  "!",  "=",  "<",  ">",  ","};
        const auto* const sign = std::ranges::find_if(signs, [&](auto one) { return rest.starts_with(one); });
        const auto size = sign != std::end(signs) ? sign->size() : std::min(rest.find('('), rest.size());
        name_.bare += rest.substr(0, size);
        at_ += size;
        ended_ = size == 0;
        if (at_ < text_.size() && text_[at_] == '(') take_parentheses();
    }

    // `<alloc::sync::Arc<T> as core::ops::drop::Drop>::drop`.
    void rust_trait() {
        const auto end = closing(text_, 0);
        if (!text_.substr(std::min(end + 1, text_.size())).starts_with("::")) return;
        const auto inside = text_.substr(1, end - 1);
        const auto as = inside.find(" as ");
        name_.self = bare_name(inside.substr(0, as));
        name_.bare = as == inside.npos ? name_.self : bare_name(inside.substr(as + 4));
        at_ = end + 1;
    }

    // `-[Job release]`, `+[Job jobWithName:]`.
    FunctionName selector() {
        const auto end = std::min(text_.find(']'), text_.size());
        name_.bare = text_.substr(0, std::min(end + 1, text_.size()));
        const auto inside = text_.substr(2, end - 2);
        const auto space = std::min(inside.find(' '), inside.size());
        name_.owner = inside.substr(0, space);
        name_.word = inside.substr(std::min(space + 1, inside.size()));
        return std::move(name_);
    }

    void split() {
        auto& bare = name_.bare;
        while (bare.ends_with(':') || bare.ends_with('.')) bare.pop_back();
        // What compilers make of a function: `f.cold`, `f.isra.0`, `f.part.1`.
        for (const std::string_view of_compiler : {".cold", ".isra.", ".part.", ".constprop.", ".llvm."}) {
            if (const auto at = bare.find(of_compiler); at != bare.npos && at > 0) bare.erase(at);
        }
        const auto word = last_part(bare);
        name_.word = word;
        auto owner = std::string_view(bare).substr(0, bare.size() - word.size());
        while (owner.ends_with(':') || owner.ends_with('.')) owner.remove_suffix(1);
        name_.owner = owner;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool ended_ = false;
    FunctionName name_;
};

}  // namespace

std::string_view last_part(std::string_view name) {
    // An operator's own signs are no separators.
    const auto sign = name.find("operator");
    const auto cut = name.find_last_of(":.", sign == name.npos ? name.npos : sign);
    return cut == name.npos ? name : name.substr(cut + 1);
}

FunctionName function_name(std::string_view printed) {
    const auto plain = decoded(without_hash(printed.substr(0, 4000)));
    return NameReader(plain).read();
}

std::string bare_name(std::string_view printed) { return function_name(printed).bare; }

std::vector<std::string> words_of(std::string_view identifier) {
    std::vector<std::string> words;
    bool begins = true;
    for (std::size_t i = 0; i < identifier.size(); ++i) {
        const char c = identifier[i];
        if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
            begins = true;
            continue;
        }
        // `RefPtr` and `COMPtr`: a capital begins a word, unless it is one of several before none that is
        // not.
        const bool behind_lower = i > 0 && !is_upper(identifier[i - 1]);
        const bool before_lower = i + 1 < identifier.size() && is_lower(identifier[i + 1]);
        if (is_upper(c) && (behind_lower || before_lower)) begins = true;
        if (begins) words.emplace_back();
        begins = false;
        words.back() += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

}  // namespace revenant::reports
