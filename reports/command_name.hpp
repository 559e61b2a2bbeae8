// What the command is called, in every line that tells somebody to type it. A catalogue of somebody else's
// makes a command of another name.
#pragma once

namespace revenant::reports {

/// Set by run_command before anything is read or printed, and never after.
inline const char* command_name = "revenant";

}  // namespace revenant::reports
