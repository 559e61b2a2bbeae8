// Globs as a person writes them: *, ? and closed brackets.
#pragma once

#include <algorithm>
#include <string>

namespace revenant::harness {

// fnmatch takes an unclosed bracket for a plain character, and so would match nothing, silently.
[[nodiscard]] inline bool is_malformed_glob(const std::string& glob) {
    const auto open = std::count(glob.begin(), glob.end(), '[');
    const auto close = std::count(glob.begin(), glob.end(), ']');
    return glob.empty() || open > close || glob.back() == '\\';
}

/// What to say of one, in a line.
[[nodiscard]] inline std::string not_a_glob(const std::string& glob) {
    return "'" + glob + "' is not a glob: use *, ? and closed brackets, as in 'registry/*'";
}

}  // namespace revenant::harness
