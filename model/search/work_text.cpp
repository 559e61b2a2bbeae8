#include "model/search/work_text.hpp"

#include <limits>

namespace revenant::model::search {

// The threads from 0 to 63, and if there may be more, the others.
void TextWriter::threads(ThreadSet set) {
    number(static_cast<std::uint64_t>(set));
    if constexpr (program_threads_max > 64) number(static_cast<std::uint64_t>(set >> 64));
}

void TextWriter::put(const Subtree& subtree) {
    word("subtree");
    number(subtree.given);
    number(subtree.nodes.size());
    for (const auto& node : subtree.nodes) put(node);
    put(subtree.digits);
}

void TextWriter::put(const Node& node) {
    word("node");
    for (const auto set : {node.runnable, node.asleep, node.stepped}) threads(set);
    number(node.digits);
    number(node.count);
    number(node.current);
    for (std::uint8_t i = 0; i < node.count; ++i) number(node.branches[i]);
}

void TextWriter::put(const std::vector<Digit>& digits) {
    word("digits");
    number(digits.size());
    for (const auto& digit : digits) {
        number(digit.value);
        number(digit.count);
    }
}

void TextWriter::put(const Part& part) {
    word("part");
    number(part.id);
    put(part.subtree);
}

void TextWriter::put(const PartReport& report) {
    word("report");
    for (const auto n : {report.id, report.complete, report.blocked}) number(n);
    for (const bool b : {report.finding, report.diverged, report.finished}) number(b ? 1 : 0);
    number(report.requests.size());
    for (const auto& request : report.requests) {
        number(request.depth);
        threads(request.candidates);
        number(static_cast<std::uint64_t>(request.preferred));
    }
    put(report.left);
}

bool TextReader::word(const char* expected) {
    std::string text;
    good_ = good_ && (stream_ >> text) && text == expected;
    return good_;
}

std::uint64_t TextReader::number(std::uint64_t max) {
    std::uint64_t value = 0;
    stream_ >> std::ws;
    good_ = good_ && stream_.peek() != '-' && (stream_ >> value) &&
            value <= max;  // a stream takes -1 for a great one
    return good_ ? value : 0;
}

ThreadSet TextReader::threads() {
    constexpr unsigned bits = 64;
    const auto part = [&](unsigned from) {
        const auto left = program_threads_max - from;
        return static_cast<ThreadSet>(number(left >= bits ? any_number : (std::uint64_t{1} << left) - 1));
    };
    auto set = part(0);
    if constexpr (program_threads_max > bits) set |= part(bits) << bits;
    return set;
}

void TextReader::get(Node& node) {
    word("node");
    for (auto* const set : {&node.runnable, &node.asleep, &node.stepped}) *set = threads();
    node.digits = static_cast<std::uint32_t>(number(std::numeric_limits<std::uint32_t>::max()));
    node.count = static_cast<std::uint8_t>(number(clock_width));
    node.current = static_cast<std::uint8_t>(number(clock_width));
    good_ = good_ && node.current < node.count;
    for (std::uint8_t i = 0; good_ && i < node.count; ++i) {
        node.branches[i] = static_cast<std::uint8_t>(number(clock_width - 1));
    }
    // Branches are threads that can run, each once, and the current one is not asleep, unless all were.
    const auto branches = node.first_branches(node.count);
    good_ = good_ && count_of(branches) == node.count && (branches & ~node.runnable) == 0 &&
            (node.count == 1 || !contains(node.asleep, node.branches[node.current]));
}

bool TextReader::at_end() {
    stream_ >> std::ws;
    return good_ && stream_.eof();
}

void TextReader::get(std::vector<Digit>& digits) {
    word("digits");
    digits.resize(number(items_max));
    for (auto& digit : digits) {
        digit.value = static_cast<std::uint8_t>(number(255));
        digit.count = static_cast<std::uint8_t>(number(255));
        good_ = good_ && digit.value < digit.count;
    }
}

void TextReader::get(Subtree& subtree) {
    word("subtree");
    subtree.given = number(items_max);
    subtree.nodes.resize(number(items_max));
    good_ = good_ && subtree.given <= subtree.nodes.size();
    for (auto& node : subtree.nodes) get(node);
    get(subtree.digits);
    std::uint32_t digits = 0;
    for (const auto& node : subtree.nodes) {
        good_ = good_ && node.digits >= digits && node.digits <= subtree.digits.size();
        digits = node.digits;
    }
}

void TextReader::get(Part& part) {
    word("part");
    part.id = number(any_number);
    get(part.subtree);
}

void TextReader::get(PartReport& report) {
    word("report");
    for (auto* const n : {&report.id, &report.complete, &report.blocked}) *n = number(any_number);
    for (auto* const b : {&report.finding, &report.diverged, &report.finished}) *b = number(1) == 1;
    report.requests.resize(number(items_max));
    for (auto& request : report.requests) {
        request.depth = number(items_max);
        request.candidates = threads();
        request.preferred = static_cast<int>(number(clock_width - 1));
    }
    get(report.left);
}

}  // namespace revenant::model::search
