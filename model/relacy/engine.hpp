// explore: runs a Program under a Strategy in Relacy's memory model, until a finding, the end of the
// search, or a budget.
//
// Thread-safety: none; one search at a time in a process (Relacy has one context). Deterministic: equal
// arguments give an equal Outcome, but for the seconds and for where a time budget falls.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/order_override.hpp"
#include "model/outcome.hpp"
#include "model/program.hpp"
#include "model/search/strategy.hpp"
#include "model/stop_token.hpp"

namespace revenant::model::relacy {

inline constexpr unsigned explore_threads_min = 1;
inline constexpr unsigned explore_threads_max = 12;
static_assert(explore_threads_max <= program_threads_max);

struct Progress {
    std::uint64_t executions = 0;
    double seconds = 0;
    double share = -1;  ///< of the tree that has been explored, from 0 to 1, or -1: not known
};

/// Thrown by `explore`: the code on trial does what the model cannot see, and no answer would be a true one.
/// The line says what, and of which subject.
class NotModelled : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct ExploreOptions {
    std::string subject = "a search";  ///< what is explored, for a line that says why it cannot be
    /// A modelled thread that takes no step for so long ends the process: it blocks where nobody sees it.
    unsigned patience_seconds = 10;
    double budget_seconds = std::numeric_limits<double>::infinity();
    std::uint64_t budget_executions = std::numeric_limits<std::uint64_t>::max();
    std::vector<OrderOverride> overrides;
    /// Whether destroying an object is a data race with a use that is not ordered before it, although
    /// the use came first. Off, only a use after the free is found.
    bool unordered_destroys_fail = true;
    /// Whether a strong count that goes 0→1 is a finding. Off, the execution goes on to what that leads to.
    bool revivals_fail = true;
    /// Every load reads the newest value and no CAS fails spuriously: the switches of threads are all that is
    /// searched. What is not found then is not shown to be correct, however complete the search.
    bool newest_only = false;
    /// In the native world: see Schedule::rounds_max. No proof comes of it.
    unsigned rounds_max = 0;
    /// Whether the trace of an execution without a finding has the program's names and lines. The native
    /// world reads all debug information for the first of them.
    bool names = true;
    /// In the native world: each execution is explored from its beginning, and none from a checkpoint.
    /// Slower.
    bool from_the_beginning = false;
    /// In the native world: memory that is never given back is no finding.
    bool leaks_pass = false;
    /// In the native world: memory may be given back by what another kind of allocation has (`delete` of what
    /// `new[]` has made).
    bool mismatched_frees_pass = false;
    /// In the native world: see Schedule::additions_in_order.
    bool additions_in_order = false;
    /// In the native world: instructions whose plain accesses are steps (see Schedule::plain_points).
    std::vector<std::uint64_t> plain_points;
    std::function<void(const Progress&)> on_progress;  ///< about ten times a second
    /// After numbers of executions that grow by half each time, the same ones in every run.
    std::function<void(const Progress&)> on_milestone;
    StopToken stop;  ///< ends the search as `interrupted`
};

/// Requires: explore_threads_min <= threads <= explore_threads_max.
[[nodiscard]] Outcome explore(Program& program, unsigned threads, search::Strategy& strategy,
                              const ExploreOptions& options);

}  // namespace revenant::model::relacy
