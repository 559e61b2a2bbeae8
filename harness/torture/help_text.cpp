#include "harness/torture/help_text.hpp"

#include <sstream>

namespace revenant::harness::torture {
namespace {

// The lines of a section, such as `Options:`, that begin with two blanks and a word.
std::vector<std::string> entries(std::string_view help, const std::string& section) {
    std::istringstream in{std::string(help)};
    std::vector<std::string> found;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(' ')) inside = line == section;
        if (inside && line.size() > 2 && line.starts_with("  ") && line[2] != ' ') {
            found.push_back(line.substr(2));
        }
    }
    return found;
}

std::vector<std::string> split(const std::string& text, char at) {
    std::istringstream in(text);
    std::vector<std::string> parts;
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

Option option_of(const std::string& entry) {
    // `--threads N          Threads of …`; `--color TEXT:always|never`; `--gdb     Start …`: two blanks end
    // it.
    std::istringstream in(entry.substr(0, entry.find("  ")));
    Option option;
    in >> option.name >> option.value;
    const auto colon = option.value.find(':');
    if (colon == option.value.npos) return option;
    const auto listed = option.value.substr(colon + 1);
    if (listed.find('|') != listed.npos) option.choices = split(listed, '|');
    option.value.resize(colon);
    return option;
}

}  // namespace

std::vector<std::string> subcommand_names(std::string_view help) {
    std::vector<std::string> names;
    for (const auto& entry : entries(help, "Subcommands:")) names.push_back(entry.substr(0, entry.find(' ')));
    return names;
}

Subcommand subcommand_of(const std::string& name, std::string_view help) {
    Subcommand command{name, {}, {}};
    for (const auto& entry : entries(help, "Options:")) {
        if (entry.starts_with("--")) command.options.push_back(option_of(entry));
    }
    for (const auto& entry : entries(help, "Positionals:")) {
        command.positional = entry.substr(0, entry.find(' '));
    }
    return command;
}

}  // namespace revenant::harness::torture
