// Cases as the commands use them: found, replayed, held against the catalogue.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/result.hpp"
#include "reports/case.hpp"

namespace revenant::harness {

/// What was given to a command is a schedule, not the name of a file.
[[nodiscard]] bool is_schedule(const std::string& text);

/// The case of a file, or the one of a folder. Errors: there is none, or not a whole one; the line names the
/// file.
[[nodiscard]] model::Result<reports::Case> load_case(const std::string& path);

/// Follows the schedule of the case in the model. Errors: the program is another one than when the case was
/// written; the line names the first step that differs, or what else does.
[[nodiscard]] model::Result<reports::Row> replay_case(const reports::Case& a_case);

/// The one or the other: a schedule's text, or the path of a case.
[[nodiscard]] model::Result<reports::Row> replay_schedule_or_case(const std::string& schedule_or_path);

/// What the catalogue claims of every implementation in a scenario, with so many threads.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> claimed_verdicts(const std::string& scenario,
                                                                                unsigned threads);
/// `correct`, or `broken: resurrection`.
[[nodiscard]] std::string verdict_in_words(const reports::Row& row);

}  // namespace revenant::harness
