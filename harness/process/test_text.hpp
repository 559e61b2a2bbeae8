// What tests ask of a text that a program has printed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <regex>
#include <string>

namespace revenant::harness {

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}
/// How many places match the regular expression.
inline std::ptrdiff_t count_of(const std::string& text, const std::string& expression) {
    const std::regex wanted(expression);
    return std::distance(std::sregex_iterator(text.begin(), text.end(), wanted), std::sregex_iterator());
}
inline bool is_one_line(const std::string& text) {
    return text.ends_with('\n') && std::count(text.begin(), text.end(), '\n') == 1;
}

}  // namespace revenant::harness
