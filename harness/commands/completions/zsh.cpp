// The completions for zsh.
#include <fmt/format.h>

#include "harness/commands/completions/words.hpp"

namespace revenant::harness::completions {
namespace {

// Within the quotes and the brackets of _arguments.
std::string for_zsh(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\'') {
            escaped += "'\\''";
            continue;
        }
        if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string in_zsh(const std::string& command, const Option& option) {
    switch (option.value) {
        case Value::none: return "";
        case Value::text: return ":value: ";
        case Value::file: return ":file:_files";
        case Value::choice: return ":choice:(" + option.choices + ")";
        case Value::scenario:
            return ":scenario:{compadd -- ${(u)${(f)\"$(" + command + " list --rows 2>/dev/null)\"}%% *}}";
    }
    return {};
}

}  // namespace

std::string zsh(const CLI::App& app) {
    const auto& command = app.get_name();
    const auto arguments = [&](const std::vector<Option>& options) {
        std::string lines;
        for (const auto& option : options) {
            if (option.names.empty()) lines += fmt::format(" \\\n            '*{}'", in_zsh(command, option));
            for (const auto& name : option.names) {
                lines += fmt::format(" \\\n            '{}[{}]{}'", name, for_zsh(option.help),
                                     in_zsh(command, option));
            }
        }
        return lines;
    };
    std::string cases;
    for (const auto& subcommand : subcommands_of(app)) {
        cases += fmt::format("    {})\n        _arguments{}\n        ;;\n", subcommand.name,
                             arguments(subcommand.options));
    }
    const auto described_names = joined(subcommands_of(app), " ", [](const Subcommand& subcommand) {
        return fmt::format("'{}:{}'", subcommand.name, for_zsh(subcommand.help));
    });
    return fmt::format(
        "#compdef {0}\n"
        "# Completion of {0}'s words, made from its own options.\n"
        "if (( CURRENT == 2 )) && [[ $words[2] == -* ]]; then\n    compadd -- {1}\n"
        "elif (( CURRENT == 2 )); then\n"
        "    local -a subcommands=({2})\n    _describe subcommand subcommands\n"
        "else\n"
        "    local subcommand=$words[2]\n"
        "    shift words\n    (( CURRENT-- ))\n"
        "    case $subcommand in\n{3}    esac\n"
        "fi\n",
        command, names_of(options_of(app)), described_names, cases);
}

}  // namespace revenant::harness::completions
