#include "harness/commands/completions/words.hpp"

#include <algorithm>

namespace revenant::harness::completions {
namespace {

std::string first_sentence(const std::string& text) { return text.substr(0, text.find_first_of(";:(")); }

std::string blanks_for_bars(std::string text) {
    std::replace(text.begin(), text.end(), '|', ' ');
    return text;
}

// CLI11 says what a value is in one word: `FILE`, or `TEXT:` and the choices.
Option described(const CLI::Option& option) {
    Option made;
    made.help = first_sentence(option.get_description());
    for (const auto& name : option.get_snames()) made.names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) made.names.push_back("--" + name);
    if (option.get_expected_max() == 0) return made;
    const auto type = option.get_type_name();
    const auto bar = type.find('|');
    const auto& positional = option.get_name(true);
    if (bar != type.npos) {
        made.value = Value::choice;
        made.choices = blanks_for_bars(type.substr(type.find(':') + 1));
    } else if (made.names.empty() && positional.find("GLOB") != positional.npos) {
        made.value = Value::scenario;
    } else if (made.names.empty() || type.starts_with("FILE") || type.starts_with("FOLDER")) {
        made.value = Value::file;
    } else {
        made.value = Value::text;
    }
    return made;
}

}  // namespace

std::vector<Option> options_of(const CLI::App& app) {
    std::vector<Option> all;
    for (const auto* const option : app.get_options()) all.push_back(described(*option));
    return all;
}

std::vector<Subcommand> subcommands_of(const CLI::App& app) {
    std::vector<Subcommand> all;
    for (const auto* const subcommand : app.get_subcommands({})) {
        all.push_back(
            {subcommand->get_name(), first_sentence(subcommand->get_description()), options_of(*subcommand)});
    }
    return all;
}

std::string names_of(const std::vector<Option>& options) {
    return joined(options, " ", [](const Option& option) {
        return joined(option.names, " ", [](const std::string& name) { return name; });
    });
}

}  // namespace revenant::harness::completions
