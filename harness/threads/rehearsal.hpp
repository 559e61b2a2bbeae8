// Rehearsal: an execution of the model as a script for real threads, and the judgement of how they performed
// it.
//
// Behind the script's last step the thread that took it gives way to the others, so that what it is about to
// use is freed first if it ever is.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "harness/threads/thread_run.hpp"
#include "model/outcome.hpp"
#include "reports/report.hpp"

namespace revenant::harness {

/// Somebody's execution in the model, and the script made of it.
struct Rehearsal {
    model::threads::Script script;
    model::Outcome outcome;
};
/// Errors: the execution needs what no hardware can be made to do; the line names the step.
[[nodiscard]] model::Result<Rehearsal> rehearsal_of(const reports::Row& row);

/// Whether an end of a run, in its own words, is what was expected; empty words are that it ended well. Null:
/// nothing but a good end is.
using Fits = bool (*)(std::string_view what);
/// What a sanitizer's build is expected to say of an outcome of the model, once the threads have gone on.
[[nodiscard]] Fits expected_report(const model::Outcome& outcome, Sanitizer sanitizer);

/// How the runs of one implementation under one sanitizer went.
struct Tally {
    unsigned runs = 0;
    std::map<std::string, unsigned> ends;  ///< what was caught, or empty → how often
    std::string report;                    ///< of the first that was, in the sanitizer's own words
    std::size_t least_followed = std::numeric_limits<std::size_t>::max();  ///< steps of the script
    std::size_t most_followed = 0;
};
/// `all 18 steps   heap-use-after-free, 100 of 100`.
[[nodiscard]] std::string to_text(const Tally& tally, std::size_t steps);

/// A run that says nothing of the code, which ends the tally: left_script, troubled or stopped.
struct NoRun {
    RunEnd end = RunEnd::troubled;
    std::string line;  ///< empty: stopped
};

/// So many runs. `on_run` hears of each before it begins, counted from 0.
[[nodiscard]] std::variant<Tally, NoRun> tally_runs(const Rehearsal& rehearsal, Sanitizer sanitizer,
                                                    unsigned runs, const ThreadRunOptions& options,
                                                    const std::function<void(unsigned)>& on_run);

}  // namespace revenant::harness
