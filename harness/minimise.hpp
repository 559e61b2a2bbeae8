// Minimising: the same finding by a shorter and calmer schedule, and the two steps that it hangs on.
//
// Greedy, with replays in the model as the judge: a candidate counts only if the program follows it to a
// finding of the same kind that breaks the same rule. Deterministic.
#pragma once

#include <functional>
#include <optional>

#include "model/outcome.hpp"
#include "reports/report.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {

/// So many replays make a schedule smaller within the time that a person does not notice.
inline constexpr unsigned minimising_replays_max = 500;

/// Whether two findings are of the same bug: the kind, and the rule that is broken.
[[nodiscard]] bool is_same_finding(const model::Finding& a, const model::Finding& b);

/// Switches of threads in a trace, setup and teardown apart.
[[nodiscard]] unsigned switches_in(const model::Trace& trace);

/// Whether two outcomes, both with a finding, count as the same.
using IsSame = std::function<bool(const model::Outcome&, const model::Outcome&)>;
[[nodiscard]] bool have_same_finding(const model::Outcome& a, const model::Outcome& b);

/// The same finding with fewer switches of threads, and then with fewer steps. Requires: `found` has a
/// finding.
[[nodiscard]] model::Outcome minimised(const scenarios::Entry& entry, const model::Outcome& found,
                                       const IsSame& same = have_same_finding,
                                       unsigned replays_max = minimising_replays_max);

/// The same finding with fewer threads, if the scenario has it there; else nothing.
[[nodiscard]] std::optional<model::Outcome> with_fewer_threads(const scenarios::Entry& entry,
                                                               const model::Outcome& found);

/// The pair on whose order the finding hangs: with the first one held back until the second is done, and all
/// else as before as far as it can be, the execution ends well; held back for less, it does not. The latest
/// such first step. Nothing if there is none. `found` is not changed by who is asked: its schedule is
/// followed once more.
[[nodiscard]] std::optional<model::CriticalPair> critical_pair(const scenarios::Entry& entry,
                                                               const model::Outcome& found);

/// Looks for the critical pair of a row that has a finding, for whoever shows it.
void add_critical_pair(reports::Row& row);

}  // namespace revenant::harness
