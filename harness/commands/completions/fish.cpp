// The completions for fish.
#include <fmt/format.h>

#include "harness/commands/completions/words.hpp"

namespace revenant::harness::completions {
namespace {

std::string for_fish(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\'' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string in_fish(const std::string& command, const Option& option) {
    switch (option.value) {
        case Value::none: return "";
        case Value::text: return " -x";
        case Value::file: return " -rF";
        case Value::choice: return " -xa '" + option.choices + "'";
        case Value::scenario:
            return " -a '(" + command + " list --rows 2>/dev/null | string split -f1 \" \" | sort -u)'";
    }
    return {};
}

}  // namespace

std::string fish(const CLI::App& app) {
    const auto& command = app.get_name();
    const auto lines_of = [&](const std::vector<Option>& options, const std::string& when) {
        std::string lines;
        for (const auto& option : options) {
            std::string names;
            for (const auto& name : option.names) {
                names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            }
            const auto value = in_fish(command, option);
            if (names.empty() && option.value == Value::file) {
                lines += fmt::format("complete -c {} -n '{}' -F\n", command, when);
            } else {
                lines += fmt::format("complete -c {} -n '{}'{}{} -d '{}'\n", command, when, names, value,
                                     for_fish(option.help));
            }
        }
        return lines;
    };
    auto text =
        fmt::format("# Completion of {0}'s words, made from its own options.\ncomplete -c {0} -f\n", command);
    text += lines_of(options_of(app), "__fish_use_subcommand");
    for (const auto& subcommand : subcommands_of(app)) {
        text += fmt::format("complete -c {} -n __fish_use_subcommand -a {} -d '{}'\n", command,
                            subcommand.name, for_fish(subcommand.help));
        text += lines_of(subcommand.options, "__fish_seen_subcommand_from " + subcommand.name);
    }
    return text;
}

}  // namespace revenant::harness::completions
