// Help text: what words the command takes, by its own --help, so that a new option is attacked the day it is
// there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revenant::harness::torture {

struct Option {
    std::string name;                  ///< --threads
    std::string value;                 ///< what it takes, as the help calls it: N, FILE; empty: nothing
    std::vector<std::string> choices;  ///< the words that it takes, if they are listed
};

struct Subcommand {
    std::string name;
    std::vector<Option> options;
    std::string positional;  ///< what it takes beside options, as the help calls it: GLOB; empty: nothing
};

/// The subcommands of `revenant --help`.
[[nodiscard]] std::vector<std::string> subcommand_names(std::string_view help);
/// The options of `revenant NAME --help`, but for --help itself.
[[nodiscard]] Subcommand subcommand_of(const std::string& name, std::string_view help);

}  // namespace revenant::harness::torture
