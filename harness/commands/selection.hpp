// Selection: which rows of the catalogue a command is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/search/run.hpp"
#include "model/result.hpp"

namespace revenant::harness {

struct Selection {
    std::vector<std::string> scenario_globs;  ///< empty: all
    std::string implementation_glob = "*";
    std::optional<unsigned> threads;  ///< absent: 2, 3 and 4, or what the scenario runs with
};

/// The runs in the catalogue's order, threads ascending. Never empty.
/// Errors: a malformed glob, a glob that matches nothing, a thread count that the model cannot run.
[[nodiscard]] model::Result<std::vector<Run>> select(const Selection& selection);

}  // namespace revenant::harness
