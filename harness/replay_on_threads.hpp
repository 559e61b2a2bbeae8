// `revenant replay … --on threads`: what the model has found, run for real, under each sanitizer.
//
// The model follows the schedule first; its steps are the script that real threads are held to. Behind the
// script's last step the thread that took it gives way to the others, so that what it is about to use is
// freed first if it ever is. Then the fix is run along the same schedule, and must end well.
#pragma once

#include <string>
#include <vector>

#include "harness/exit_status.hpp"
#include "harness/terminal.hpp"
#include "harness/thread_run.hpp"

namespace revenant::harness {

struct ThreadsOptions {
    std::vector<Sanitizer> sanitizers = {Sanitizer::address, Sanitizer::thread};
    unsigned runs = 1;  ///< of each
    bool gdb = false;   ///< start gdb before `run.until`, or before the step that fails
    bool with_fix = true;
    bool with_reports = true;  ///< print the sanitizers' own words
    ThreadRunOptions run;
};

[[nodiscard]] ExitStatus run_replay_on_threads(const std::string& schedule_or_path,
                                               const ThreadsOptions& options);

}  // namespace revenant::harness
