// `revenant replay`: follows a schedule that `check` has printed, and shows where it ends.
#pragma once

#include <string>

#include "harness/exit_status.hpp"
#include "harness/terminal.hpp"
#include "model/relacy/engine.hpp"
#include "model/result.hpp"
#include "reports/report.hpp"
#include "scenarios/catalogue.hpp"

namespace revenant::harness {

/// Replays the schedule's text. Errors: it cannot be read, names what is not in the catalogue, or the
/// program differs from it; the line says at which choice.
[[nodiscard]] model::Result<reports::Row> replay(const std::string& schedule_text);

/// What a schedule of an entry is followed with.
[[nodiscard]] model::relacy::ExploreOptions options_of(const scenarios::Entry& entry,
                                                       const model::Schedule& schedule);

/// One execution of the fix along the schedule of what it fixes, as far as it goes: see search/guided.hpp.
/// The row has the trace of it, whether it fails or not.
[[nodiscard]] reports::Row replay_on_fix(const scenarios::Entry& fix, const model::Schedule& schedule);

[[nodiscard]] ExitStatus run_replay(const std::string& schedule_or_path, Colour colour);

}  // namespace revenant::harness
