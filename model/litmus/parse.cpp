#include "model/litmus/parse.hpp"

#include <algorithm>
#include <regex>
#include <string>

namespace revenant::model::litmus {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = std::min(text.find(separator), text.size());
        auto part = text.substr(0, end);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        parts.emplace_back(part);
        if (end == text.size()) return parts;
        text.remove_prefix(end + separator.size());
    }
}

std::memory_order order_of(const std::string& text) {
    if (text == "acq") return std::memory_order::acquire;
    if (text == "rel") return std::memory_order::release;
    if (text == "ar") return std::memory_order::acq_rel;
    if (text == "sc") return std::memory_order::seq_cst;
    return std::memory_order::relaxed;  // rlx, and plain, which has none
}

char letter(const std::ssub_match& match) { return match.length() == 0 ? '\0' : *match.first; }

bool parse_statement(std::string text, Statement& statement) {
    static const std::string order = "(rlx|acq|rel|ar|sc|plain)";
    static const std::regex guard(R"(if ([a-z])==(\d+) then (.*))");
    static const std::regex fence("fence " + order);
    static const std::regex store(R"(([x-zd])=(\d+) )" + order);
    static const std::regex load("([a-z])=([x-zd]) " + order);
    static const std::regex modify(R"(([a-z])=([x-z])\.(add|exchange)\((\d+)\) )" + order);
    static const std::regex cas(R"(([a-z])=([x-z])\.cas_(strong|weak)\((\d+),(\d+)\)\.(seen|succeeded) )" +
                                order + "/" + order);
    std::smatch m;
    if (std::regex_match(text, m, guard)) {
        statement.guard = letter(m[1]);
        statement.guard_value = std::stoi(m[2]);
        text = std::string(m[3]);
    }
    if (std::regex_match(text, m, fence)) {
        statement.kind = StatementKind::fence;
        statement.order = order_of(m[1]);
    } else if (std::regex_match(text, m, store)) {
        statement.kind = StatementKind::store;
        statement.location = letter(m[1]);
        statement.operand = std::stoi(m[2]);
        statement.order = order_of(m[3]);
    } else if (std::regex_match(text, m, load)) {
        statement.kind = StatementKind::load;
        statement.target = letter(m[1]);
        statement.location = letter(m[2]);
        statement.order = order_of(m[3]);
    } else if (std::regex_match(text, m, modify)) {
        statement.kind = m[3] == "add" ? StatementKind::add : StatementKind::exchange;
        statement.target = letter(m[1]);
        statement.location = letter(m[2]);
        statement.operand = std::stoi(m[4]);
        statement.order = order_of(m[5]);
    } else if (std::regex_match(text, m, cas)) {
        statement.kind = StatementKind::cas;
        statement.target = letter(m[1]);
        statement.location = letter(m[2]);
        statement.weak = m[3] == "weak";
        statement.expected = std::stoi(m[4]);
        statement.operand = std::stoi(m[5]);
        statement.succeeded = m[6] == "succeeded";
        statement.order = order_of(m[7]);
        statement.failure_order = order_of(m[8]);
    } else {
        return false;
    }
    return true;
}

bool parse_equation(const std::string& text, Equation& equation) {
    static const std::regex form(R"(([a-z])=(\d+|[a-z]))");
    std::smatch m;
    if (!std::regex_match(text, m, form)) return false;
    equation.left = letter(m[1]);
    const std::string right = m[2];
    if (right.front() >= 'a') {
        equation.right = right.front();
    } else {
        equation.number = std::stoi(right);
    }
    return true;
}

}  // namespace

Result<Parsed> parse(std::string_view program, std::string_view outcome) {
    Parsed parsed;
    for (const auto& thread : split(program, "||")) {
        auto& statements = parsed.threads.emplace_back();
        for (const auto& text : split(thread, ";")) {
            if (!parse_statement(text, statements.emplace_back())) {
                return BadInput{"litmus: '" + text + "' is not a statement"};
            }
        }
    }
    parsed.data_race = outcome == "0";
    if (parsed.data_race) return parsed;
    for (const auto& text : split(outcome, "&")) {
        if (!parse_equation(text, parsed.outcome.emplace_back())) {
            return BadInput{"litmus: '" + text + "' is not an equation"};
        }
    }
    return parsed;
}

bool holds(const std::vector<Equation>& outcome, const Values& values) {
    return std::all_of(outcome.begin(), outcome.end(), [&](const Equation& equation) {
        const int right = equation.right == 0 ? equation.number : values[index_of(equation.right)];
        return values[index_of(equation.left)] == right;
    });
}

}  // namespace revenant::model::litmus
