// `revenant replay … --on threads`: what the model has found, run for real, under each sanitizer.
//
// The model follows the schedule first; its steps are the script that real threads are held to. Behind the
// script's last step the thread that took it gives way to the others, so that what it is about to use is
// freed first if it ever is. Then the fix is run along the same schedule, and must end well.
#pragma once

#include <csignal>
#include <string>
#include <vector>

#include "harness/exit_status.hpp"
#include "harness/terminal.hpp"
#include "harness/threads_program.hpp"
#include "model/replay/happened.hpp"
#include "model/replay/script.hpp"

namespace revenant::harness {

struct ThreadsOptions {
    std::vector<Sanitizer> sanitizers = {Sanitizer::address, Sanitizer::thread};
    unsigned runs = 1;   ///< of each
    unsigned until = 0;  ///< stop before this step, counted from 1, and wait for a debugger; 0: do not
    bool gdb = false;    ///< start gdb there
    bool with_fix = true;
    bool with_reports = true;         ///< print the sanitizers' own words
    double step_timeout_seconds = 5;  ///< how long a thread may take to its next step
    const volatile std::sig_atomic_t* stop = nullptr;
};

/// One run of a script, and what came of it.
struct ThreadRun {
    Finished finished;
    model::replay::Happened happened;
    Judgement judgement;
    /// Why it did not follow the script, as a line; empty: it did, or a sanitizer ended it on the way.
    std::string left_script;
};

/// Errors: the program is not there.
[[nodiscard]] model::Result<ThreadRun> run_on_threads(const model::replay::Script& script,
                                                      const model::Trace& trace, Sanitizer sanitizer,
                                                      const ThreadsOptions& options);

[[nodiscard]] ExitStatus run_replay_on_threads(const std::string& schedule_text,
                                               const ThreadsOptions& options);

}  // namespace revenant::harness
