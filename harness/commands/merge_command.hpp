// `revenant merge`: joins the result files of the shares of a search.
#pragma once

#include <string>
#include <vector>

#include "harness/commands/exit_status.hpp"

namespace revenant::harness {

/// Reads `--json` files of `check --shard`, in any order, and writes one whose rows are whole searches.
/// `json_path` as in ReportPaths; empty: a table on stdout only. Returns exit_usage for files that do not
/// make whole searches, else what `status_of` (check_command.hpp) says of the joined report.
[[nodiscard]] ExitStatus run_merge(const std::vector<std::string>& files, const std::string& json_path);

}  // namespace revenant::harness
