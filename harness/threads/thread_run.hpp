// ThreadRun: one run of a script on real threads, and what came of it.
#pragma once

#include <cstdint>
#include <string>

#include "harness/threads/threads_program.hpp"
#include "model/threads/happened.hpp"
#include "model/threads/script.hpp"

namespace revenant::harness {

struct ThreadRunOptions {
    unsigned until = 0;               ///< stop before this step, counted from 1, and wait; 0: do not
    double step_timeout_seconds = 5;  ///< how long a thread may take to its next step
    model::StopToken stop;
};

enum class RunEnd : std::uint8_t {
    well,         ///< all steps were followed, and nobody had anything to say
    caught,       ///< a sanitizer's report, a check that failed, a deadlock
    left_script,  ///< the program did something else than the script
    troubled,     ///< it ended for a reason that is not the code's: it was killed, could not start, …
    stopped,      ///< by us
};

struct ThreadRun {
    RunEnd end = RunEnd::troubled;
    /// caught: `heap-use-after-free`, `assertion failed`, …; left_script and troubled: a line that says how.
    std::string what;
    std::string report;  ///< what was printed on stderr
    model::threads::Happened happened;
};

/// `trace` is the one that the script was made of: it has the names. Errors: the program is not there.
[[nodiscard]] model::Result<ThreadRun> run_on_threads(const model::threads::Script& script,
                                                      const model::Trace& trace, Sanitizer sanitizer,
                                                      const ThreadRunOptions& options);

}  // namespace revenant::harness
