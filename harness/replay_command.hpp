// `revenant replay`: follows a schedule that `check` has printed, and shows where it ends.
#pragma once

#include <string>

#include "harness/exit_status.hpp"
#include "harness/terminal.hpp"
#include "model/result.hpp"
#include "reports/report.hpp"

namespace revenant::harness {

/// Replays the schedule's text. Errors: it cannot be read, names what is not in the catalogue, or the
/// program differs from it; the line says at which choice.
[[nodiscard]] model::Result<reports::Row> replay(const std::string& schedule_text);

[[nodiscard]] ExitStatus run_replay(const std::string& schedule_text, Colour colour);

}  // namespace revenant::harness
