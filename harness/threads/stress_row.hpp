// stress_row: one entry of the catalogue on real threads, execution after execution, with seeded noise.
//
// The first report ends a process, so that a row may take many; they share a page on which the executions
// are counted. The seed of execution i is the row's plus i: `--seed` with the printed one and
// `--executions 1` make that execution again. Under pct and random it is the same one, step for step; the
// other noises only make the same offers to the machine's own scheduler.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "harness/search/run.hpp"
#include "harness/threads/threads_program.hpp"
#include "model/threads/gate.hpp"

namespace revenant::harness {

struct StressSettings {
    Sanitizer sanitizer = Sanitizer::address;
    model::threads::Noise noise = model::threads::Noise::yields;
    unsigned depth = 3;  ///< pct
    std::uint64_t seed = 1;
    double seconds = 2;                                 ///< of the row
    std::uint64_t executions = std::uint64_t{1} << 62;  ///< … at most
    bool verbose = false;  ///< keep what the processes write on stderr, with names of functions
    model::StopToken stop;
    std::function<void(std::uint64_t executions, std::uint64_t caught)> on_progress;  ///< after each process
};

struct StressRow {
    std::uint64_t executions = 0;
    std::uint64_t caught = 0;
    std::uint64_t first_seed = 0;  ///< of the first that was caught
    std::string what;              ///< … and how
    /// A process ended for a reason that is not the code's, or before its first execution: how. The row
    /// says nothing then.
    std::string trouble;
};

[[nodiscard]] const char* to_text(model::threads::Noise noise);

/// Errors: the program is not there.
[[nodiscard]] model::Result<StressRow> stress_row(const Run& run, const StressSettings& settings);

}  // namespace revenant::harness
