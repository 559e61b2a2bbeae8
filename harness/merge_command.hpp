// `revenant merge`: joins the result files of the shares of a search.
#pragma once

#include <string>
#include <vector>

#include "harness/exit_status.hpp"

namespace revenant::harness {

/// Reads `--json` files of `check --shard`, in any order, and writes one whose rows are whole searches.
/// `json_path` as in CheckOptions; empty: a table on stdout only.
[[nodiscard]] ExitStatus run_merge(const std::vector<std::string>& files, const std::string& json_path);

}  // namespace revenant::harness
