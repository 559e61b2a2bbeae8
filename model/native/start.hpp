// Start: how this library takes a process over: the program's variables are made, and before its main runs
// the command does.
#pragma once

#include <cstdint>

namespace revenant::model::native {

enum class Phase : std::uint8_t {
    before_main,  ///< the program's constructors run
    command,      ///< main would have begun: the command runs, and explores
    own_main,     ///< main runs, and its tests start processes that explore
};
[[nodiscard]] Phase phase();

/// What is explored where the program has a main of its own.
using Main = int (*)(int, char**, char**);
[[nodiscard]] Main program_main();
[[nodiscard]] int program_argc();
[[nodiscard]] char** program_argv();
/// Whether main is to run as it would, though this library is there: its tests explore bodies of their own.
/// Supplied by whoever links this.
bool runs_own_main(bool explores_here);
/// The command: supplied by whoever links this.
int run_command(int argc, char** argv);

}  // namespace revenant::model::native
