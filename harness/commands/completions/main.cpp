// Writes what a shell has to know of `revenant` to complete its words to stdout: bash, zsh or fish.
#include <cstdio>
#include <string_view>

#include "harness/commands/completions/words.hpp"
#include "harness/commands/exit_status.hpp"
#include "harness/commands/subcommands.hpp"

int main(int argc, char** argv) {
    using namespace revenant::harness;
    const std::string_view shell = argc == 2 ? argv[1] : "";
    CLI::App app;
    Request request;
    Words words;
    add_subcommands(app, request, words);
    std::string script;
    if (shell == "bash") script = completions::bash(app);
    if (shell == "zsh") script = completions::zsh(app);
    if (shell == "fish") script = completions::fish(app);
    if (script.empty()) {
        std::fputs("revenant-completions: which shell? bash, zsh or fish\n", stderr);
        return exit_usage;
    }
    std::fputs(script.c_str(), stdout);
    return std::fflush(stdout) == 0 ? exit_as_expected : exit_usage;
}
