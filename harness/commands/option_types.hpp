// Option types: what CLI11 does not check, or checks in other words than ours. For command_line.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <map>
#include <string>

namespace revenant::harness {

// `--json ""`, as an unset variable of a script makes it, is not a wish for no file.
inline const CLI::Validator not_empty(
    [](std::string& text) { return text.empty() ? "is empty" : std::string(); }, "");

inline const CLI::Validator not_stdout(
    [](std::string& text) { return text == "-" ? "only --json may be -, for stdout" : std::string(); }, "");

inline constexpr std::uint64_t no_max = std::numeric_limits<std::uint64_t>::max();

// CLI11 takes -1 for a great number, and names the range of a double for what is none.
// `range` says what is right where that is less than what can be read: what is between has a line of its own.
inline CLI::Validator whole_number(std::uint64_t min, std::uint64_t max = no_max,
                                   const char* range = nullptr) {
    return {[min, max, range](std::string& text) {
                std::uint64_t value = 0;
                const auto* const end = text.data() + text.size();
                const auto [stopped, error] = std::from_chars(text.data(), end, value);
                if (error == std::errc{} && stopped == end && value >= min && value <= max) {
                    return std::string();
                }
                const auto from = range != nullptr ? std::string(range) : "from " + std::to_string(min);
                const auto to = range != nullptr ? "" : max == no_max ? " up" : " to " + std::to_string(max);
                return "'" + text + "' is not a whole number " + from + to;
            },
            ""};
}

/// An option whose value is one of these words. The choices outlive the parse.
template <class T>
CLI::Option* add_choice(CLI::App& app, const std::string& name, T& value,
                        const std::map<std::string, T>& choices, const std::string& help) {
    std::string names;
    for (const auto& [text, unused] : choices) names += (names.empty() ? "" : "|") + text;
    return app
        .add_option_function<std::string>(
            name, [&value, &choices](const std::string& text) { value = choices.at(text); }, help)
        ->check(CLI::Validator(
            [&choices, names](std::string& text) {
                return choices.count(text) != 0 ? std::string() : "'" + text + "' is not one of " + names;
            },
            names));
}

}  // namespace revenant::harness
