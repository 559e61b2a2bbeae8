// Prefix: what a mail, a test runner or a log puts in front of each line. The heading of a report tells it:
// what stands before it there stands before the lines that follow, but for its numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::reports {

/// The place where the heading of a report begins in a line; nothing if none does.
[[nodiscard]] std::optional<std::size_t> heading_at(std::string_view line);

/// The same for the line on which valgrind names the thread of the report below.
[[nodiscard]] std::optional<std::size_t> thread_line_at(std::string_view line);

class Prefix {
public:
    Prefix() = default;
    /// Of what stands before a heading.
    explicit Prefix(std::string_view before);

    /// The line without it; the line itself where it does not begin so.
    [[nodiscard]] std::string_view taken_off(std::string_view line) const;

private:
    struct Token {
        enum class Kind : unsigned char { word, spaces, sign } kind;
        std::size_t size;
        char sign;
    };
    std::vector<Token> tokens_;
};

}  // namespace revenant::reports
