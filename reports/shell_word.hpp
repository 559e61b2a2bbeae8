// Words as a shell takes them, for lines to be pasted.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

/// In single quotes, whatever is in it.
[[nodiscard]] inline std::string shell_quoted(std::string_view word) {
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

/// Quoted if a shell would make something else of it.
[[nodiscard]] inline std::string shell_word(std::string_view word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=+,@%";
    const bool is_plain = !word.empty() && word.find_first_not_of(plain) == word.npos;
    return is_plain ? std::string(word) : shell_quoted(word);
}

}  // namespace revenant::reports
