// The exit statuses that the programs with real threads choose themselves. The gate ends a process with its
// own (exit_… in model/threads/gate.hpp), and a sanitizer with 66.
#pragma once

namespace revenant::harness::threads {

enum ProgramStatus : int {
    exit_well = 0,
    exit_usage = 2,  ///< the command that runs it is of another build
};

}  // namespace revenant::harness::threads
