#include "harness/torture/invocation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace revenant::harness::torture {
namespace {

bool is_plain(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' ||
           c == '.' || c == '_' || c == '-' || c == '=' || c == ':' || c == ',' || c == '+' || c == '%';
}

bool is_ascii(unsigned char c) { return c >= ' ' && c < 0x7f; }

}  // namespace

ChildProcess start(const std::string& command, const Invocation& invocation, const std::string& folder) {
    std::vector<std::string> words{"-c", invocation.line, command};
    words.insert(words.end(), invocation.words.begin(), invocation.words.end());
    auto options = in_folder(folder);
    options.environment = invocation.environment;
    options.fixed_addresses = invocation.fixed_addresses;
    return {"/bin/sh", words, options};
}

std::string as_word(const std::string& word) {
    if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
    if (std::all_of(word.begin(), word.end(), is_ascii) && word.find('\'') == word.npos) {
        return "'" + word + "'";
    }
    std::string text = "$'";
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\'' || c == '\\') {
            text += fmt::format("\\{}", c);
        } else if (is_ascii(byte)) {
            text += c;
        } else {
            text += fmt::format("\\{:03o}", byte);
        }
    }
    return text + "'";
}

std::string as_typed(const std::string& command, const Invocation& invocation, const std::string& folder) {
    std::string text = fmt::format("(cd {} &&", as_word(folder));
    if (!invocation.environment.empty()) text += " env";
    for (const auto& [name, value] : invocation.environment) text += " " + as_word(name + "=" + value);
    if (invocation.fixed_addresses) text += " setarch -R";
    if (invocation.line == Invocation{}.line) {
        text += " " + as_word(command);
    } else {
        text += fmt::format(" sh -c {} {}", as_word(invocation.line), as_word(command));
    }
    for (const auto& word : invocation.words) text += " " + as_word(word);
    return text + ")";
}

}  // namespace revenant::harness::torture
