// json_depth: how deep a JSON text is nested, before anybody builds values of it.
//
// A value that is nested as deep as its text is long is copied, compared and printed by functions that call
// themselves: a few hundred kilobytes of brackets are the end of the stack. No format of ours needs ten
// levels.
#pragma once

#include <string_view>

namespace revenant::reports {

inline constexpr unsigned json_depth_max = 16;

/// Whether more than so many brackets are open at once. Says nothing of whether the text is JSON.
[[nodiscard]] inline bool is_nested_too_deep(std::string_view text, unsigned depth_max = json_depth_max) {
    unsigned depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') in_string = !in_string;
        if (in_string) {
            if (c == '\\') ++i;  // what is escaped ends no string
        } else if (c == '[' || c == '{') {
            if (++depth > depth_max) return true;
        } else if (c == ']' || c == '}') {
            depth -= depth > 0 ? 1 : 0;
        }
    }
    return false;
}

}  // namespace revenant::reports
