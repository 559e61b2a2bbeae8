// The completions for bash.
#include <fmt/format.h>

#include "harness/commands/completions/words.hpp"

namespace revenant::harness::completions {
namespace {

std::string in_bash(const std::string& command, const Option& option) {
    switch (option.value) {
        case Value::none:
        case Value::text: return "COMPREPLY=()";
        case Value::file: return "COMPREPLY=($(compgen -f -- \"$word\"))";
        case Value::choice: return "COMPREPLY=($(compgen -W '" + option.choices + "' -- \"$word\"))";
        case Value::scenario:
            return "COMPREPLY=($(compgen -W \"$(" + command +
                   " list --rows 2>/dev/null | cut -d' ' -f1 | sort -u)\" -- \"$word\"))";
    }
    return {};
}

}  // namespace

std::string bash(const CLI::App& app) {
    const auto& command = app.get_name();
    std::string cases;
    for (const auto& subcommand : subcommands_of(app)) {
        cases += fmt::format("    {})\n        case $before in\n", subcommand.name);
        std::string otherwise = "COMPREPLY=()";
        for (const auto& option : subcommand.options) {
            if (option.names.empty()) {
                otherwise = in_bash(command, option);
            } else if (option.value != Value::none) {
                const auto names = joined(option.names, "|", [](const std::string& name) { return name; });
                cases += fmt::format("        {}) {}; return ;;\n", names, in_bash(command, option));
            }
        }
        cases += fmt::format(
            "        esac\n        case $word in\n"
            "        -*) COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n        *) {} ;;\n        esac\n"
            "        ;;\n",
            names_of(subcommand.options), otherwise);
    }
    const auto names =
        joined(subcommands_of(app), " ", [](const Subcommand& subcommand) { return subcommand.name; });
    return fmt::format(
        "# shellcheck shell=bash disable=SC2207\n"
        "# Completion of {0}'s words, made from its own options.\n"
        "_{0}() {{\n"
        "    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}\n"
        "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
        "        COMPREPLY=($(compgen -W '{1} {2}' -- \"$word\"))\n        return\n    fi\n"
        "    case ${{COMP_WORDS[1]}} in\n{3}    esac\n}}\n"
        "complete -F _{0} {0}\n",
        command, names, names_of(options_of(app)), cases);
}

}  // namespace revenant::harness::completions
