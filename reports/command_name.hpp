// What the command is called, in every line that tells somebody to type it. A catalogue of somebody else's
// makes a command of another name.
#pragma once

#include <string>

namespace revenant::reports {

/// Set by run_command before anything is read or printed, and never after.
inline const char* command_name = "revenant";

/// What a schedule stands between in the line that brings an execution back: `./cache_races --replay` and
/// nothing, say. Set as the name is; without, it is the command's `replay`.
struct ReplayLine {
    std::string before;
    std::string behind;
};
inline ReplayLine replay_line;

[[nodiscard]] inline std::string before_schedule() {
    return replay_line.before.empty() ? std::string(command_name) + " replay" : replay_line.before;
}

}  // namespace revenant::reports
