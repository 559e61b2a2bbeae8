// `revenant replay … --on threads`: what the model has found, run for real, under each sanitizer.
//
// The model follows the schedule first; its steps are the script that real threads are held to. Then the fix
// is run along the same schedule, and must end well.
#pragma once

#include <string>
#include <vector>

#include "harness/commands/exit_status.hpp"
#include "harness/threads/rehearsal.hpp"

namespace revenant::harness {

struct ThreadsOptions {
    std::vector<Sanitizer> sanitizers = {Sanitizer::address, Sanitizer::thread};
    unsigned runs = 1;  ///< of each
    bool gdb = false;   ///< start gdb before `run.until`, or before the step that fails
    bool with_fix = true;
    bool with_reports = true;  ///< print the sanitizers' own words
    ThreadRunOptions run;
};

/// A replayed row on real threads; one that synchronises by fences without ThreadSanitizer, which sees none.
/// Returns exit_as_expected or exit_not_as_expected; exit_usage when a
/// program is missing or `until` lies behind the schedule's end, exit_bad_schedule when real threads cannot
/// follow it, exit_undecided when interrupted, exit_internal when a run ended for a reason that is not the
/// code's.
[[nodiscard]] ExitStatus replay_on_threads(const reports::Row& row, ThreadsOptions options);

/// The same of a schedule or a case; exit_bad_schedule too when it cannot be replayed in the model.
[[nodiscard]] ExitStatus run_replay_on_threads(const std::string& schedule_or_path,
                                               const ThreadsOptions& options);

}  // namespace revenant::harness
