// Replay: a schedule or a case followed in the model, by a program or by its fix.
#pragma once

#include <string>

#include "harness/search/run.hpp"
#include "model/result.hpp"
#include "reports/case.hpp"

namespace revenant::harness {

/// What a schedule is followed with: its mode.
[[nodiscard]] model::relacy::ExploreOptions options_of(const model::Schedule& schedule);

/// Replays the schedule's text. Errors: it cannot be read, names what is not in the catalogue, or the
/// program differs from it; the line says at which choice.
[[nodiscard]] model::Result<reports::Row> replay(const std::string& schedule_text);

/// Follows the schedule of the case. Errors: the program is another one than when the case was written; the
/// line names the first step that differs, or what else does.
[[nodiscard]] model::Result<reports::Row> replay_case(const reports::Case& a_case);

/// The one or the other: a schedule's text, or the path of a case, which is read until `stop`.
[[nodiscard]] model::Result<reports::Row> replay_schedule_or_case(const std::string& schedule_or_path,
                                                                  model::StopToken stop = {});

/// One execution of the fix along the schedule of what it fixes, as far as it goes: see
/// model/search/guided.hpp. The row has the trace of it, whether it fails or not.
[[nodiscard]] reports::Row replay_on_fix(const scenarios::Entry& fix, const model::Schedule& schedule);

}  // namespace revenant::harness
