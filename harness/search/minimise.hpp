// Minimising: the same finding by a schedule with fewer switches of threads and fewer steps.
//
// Greedy, with replays in the model as the judge: a candidate counts only if the program follows it to a
// finding of the same kind that breaks the same rule. Deterministic. A long execution gets fewer replays, so
// that the time stays within bounds.
#pragma once

#include <cstdint>
#include <functional>

#include "harness/search/run.hpp"

namespace revenant::harness {

/// How much is tried to make one finding easier to read.
struct Patience {
    unsigned replays = 500;           ///< of smaller schedules: within the time that a person does not notice
    std::uint64_t steps = 1'000'000;  ///< of all replays of one kind
};

/// What a replay takes of them: its steps, or much more where it was broken off, as it had too many or did
/// too much between two of them.
[[nodiscard]] std::uint64_t cost_of_replay(const model::Outcome& outcome);

/// Whether two findings are of the same bug: the kind, and the rule that is broken.
[[nodiscard]] bool is_same_finding(const model::Finding& a, const model::Finding& b);

/// Switches of threads in a trace, setup and teardown apart.
[[nodiscard]] unsigned switches_in(const model::Trace& trace);

/// Whether two outcomes, both with a finding, count as the same.
using IsSame = std::function<bool(const model::Outcome&, const model::Outcome&)>;
[[nodiscard]] bool have_same_finding(const model::Outcome& a, const model::Outcome& b);

/// The same finding with fewer stale reads and spurious failures, fewer switches of threads, and then with
/// fewer steps. Requires: `found` has a
/// finding.
[[nodiscard]] model::Outcome minimised(const Run& run, const model::Outcome& found,
                                       const IsSame& same = have_same_finding, Patience patience = {});

}  // namespace revenant::harness
