#include "model/native/function_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace revenant::model::native {
namespace {

constexpr std::size_t arguments_max = 24;  // of a template: as of a type's name
constexpr std::string_view no_namespace = "(anonymous namespace)";
constexpr std::string_view lambda_begin = "{lambda(";
constexpr std::string_view call_operator = "::operator()";
constexpr std::string_view any_operator = "operator";

// Longer ones first.
constexpr std::array<std::string_view, 40> operator_symbols = {
    "<=>", "->*", "<<=", ">>=", "()", "[]", "->", "<<", ">>", "<=", ">=", "==",  "!=", "&&",
    "||",  "++",  "--",  "+=",  "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<",   ">",  "+",
    "-",   "*",   "/",   "%",   "^",  "&",  "|",  "~",  "!",  "=",  ",",  "\"\""};

bool is_of_a_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

/// The length of the symbol of an operator at the text's begin; 0: it is none.
std::size_t symbol_length(std::string_view text) {
    for (const auto symbol : operator_symbols) {
        if (text.starts_with(symbol)) return symbol.size();
    }
    return 0;
}

/// The length of what stands in brackets, with them; 0: they are not closed.
std::size_t bracketed(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool is_arrow = c == '>' && at != 0 && text[at - 1] == '-';
        if (c == '<' || c == '(' || c == '{') ++depth;
        if ((c == '>' && !is_arrow) || c == ')' || c == '}') --depth;
        if (depth == 0) return at + 1;
    }
    return 0;
}

class FunctionReader {
public:
    explicit FunctionReader(std::string_view rest) : rest_(rest) {}

    /// Empty: it is not understood.
    std::string name() {
        while (!rest_.empty() && !is_done_) {
            if (!take()) return {};
        }
        return name_;
    }

private:
    bool take() {
        const bool begins = name_.empty() || !is_of_a_name(name_.back());
        if (begins && rest_.starts_with(any_operator) && rest_.size() > any_operator.size()) {
            if (take_operator()) return true;
        }
        switch (rest_.front()) {
            case '(': return rest_.starts_with(no_namespace) ? copy(no_namespace.size()) : leave_out();
            case '<': return bracketed(rest_) <= arguments_max + 2 ? copy(bracketed(rest_)) : leave_out();
            case '{': return rest_.starts_with(lambda_begin) ? take_lambda() : copy(bracketed(rest_));
            case ' ': return take_space();
            default: return copy(1);
        }
    }

    bool copy(std::size_t count) {
        name_ += rest_.substr(0, count);
        rest_.remove_prefix(count);
        return count != 0;
    }

    bool leave_out() {
        const auto count = bracketed(rest_);
        has_parameters_ = has_parameters_ || rest_.front() == '(';
        rest_.remove_prefix(count);
        return count != 0;
    }

    // `operator new`, `operator bool`: what follows belongs to the name.
    bool take_operator() {
        const auto behind = rest_.substr(any_operator.size());
        if (const auto count = symbol_length(behind); count != 0) {
            copy(any_operator.size() + count);
            if (rest_.starts_with(" <")) rest_.remove_prefix(1);  // of `operator< <int>`
            return true;
        }
        return behind.front() == ' ' && copy(std::min(rest_.find('('), rest_.size()));
    }

    // `{lambda(int)#1}::operator()` is `{lambda#1}`.
    bool take_lambda() {
        const auto count = bracketed(rest_);
        const auto number = rest_.substr(0, count).rfind('#');
        if (count == 0 || number == std::string_view::npos) return copy(count);
        name_ += "{lambda";
        rest_.remove_prefix(number);
        copy(count - number);
        if (rest_.starts_with(call_operator)) rest_.remove_prefix(call_operator.size());
        return true;
    }

    // What stood before it is what the function returns, or the name is at its end: `const`, `[clone]`.
    bool take_space() {
        rest_.remove_prefix(1);
        if (has_parameters_ && (rest_.starts_with("const") || !is_of_a_name(rest_.front()))) {
            is_done_ = true;
            return true;
        }
        name_.clear();
        has_parameters_ = false;
        return true;
    }

    std::string_view rest_;
    std::string name_;
    bool has_parameters_ = false;
    bool is_done_ = false;
};

}  // namespace

std::string name_alone(const std::string& function) {
    auto name = FunctionReader(function).name();
    return name.empty() ? function : name;
}

}  // namespace revenant::model::native
