// A command of one's own: every subcommand of `revenant`, over the catalogue that the program is linked with.
//
//     #include <revenant/command.hpp>
//
//     int main(int count, char** words) {
//         return revenant::run_command(count, words, {.name = "mine"});
//     }
//
// A program that is linked with revenant::model_main has this one, with the name of its file.
#pragma once

namespace revenant {

/// Texts that live as long as the process.
struct command_settings {
    const char* name = nullptr;     ///< as people type it; null: the name of the program's file
    const char* source_root = ".";  ///< the folder that the paths in findings are relative to, for SARIF
    const char* native_folder = nullptr;  ///< with the library for `explore`; null: ../lib/revenant-native
};

/// Reads the words, does what they say, and returns the exit status. Once in a process.
int run_command(int argc, char** argv, const command_settings& settings = {});

}  // namespace revenant
