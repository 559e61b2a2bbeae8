// The words of a command as a shell completes them: plain values, read from the options that it parses.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace revenant::harness::completions {

enum class Value { none, text, file, scenario, choice };

struct Option {
    std::vector<std::string> names;  ///< `--json`, or `-h` and `--help`; of a positional, none
    Value value = Value::none;
    std::string choices = {};  ///< parted by blanks
    std::string help = {};     ///< as far as its first end of a sentence
};

struct Subcommand {
    std::string name;
    std::string help;
    std::vector<Option> options;
};

[[nodiscard]] std::vector<Option> options_of(const CLI::App& app);
[[nodiscard]] std::vector<Subcommand> subcommands_of(const CLI::App& app);
/// The names of all options, parted by blanks.
[[nodiscard]] std::string names_of(const std::vector<Option>& options);

template <class Range, class Text>
std::string joined(const Range& range, const char* between, const Text& text) {
    std::string all;
    for (const auto& one : range) all += (all.empty() ? "" : between) + text(one);
    return all;
}

/// The script of a shell.
[[nodiscard]] std::string bash(const CLI::App& app);
[[nodiscard]] std::string zsh(const CLI::App& app);
[[nodiscard]] std::string fish(const CLI::App& app);

}  // namespace revenant::harness::completions
