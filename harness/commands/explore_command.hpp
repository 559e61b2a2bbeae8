// `revenant explore`: a program that was built with -fsanitize=thread, started so that it explores itself.
#pragma once

#include <string>
#include <vector>

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

struct ExploreOptions {
    std::vector<std::string> search;   ///< the words for the search: options of `check`
    std::vector<std::string> program;  ///< its path and its arguments
    std::string library_folder;  ///< where our library has the sanitizer's name; empty: beside the command
};

/// Becomes the program, whose status is one of exit_status.hpp. Returns only where it cannot: exit_usage for
/// a program that cannot be started, or that would not explore itself.
[[nodiscard]] ExitStatus run_explore(const ExploreOptions& options);

}  // namespace revenant::harness
