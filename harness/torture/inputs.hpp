// Inputs: whole files and schedules of every kind that the command reads, to be damaged or named.
#pragma once

#include <string>
#include <vector>

#include "harness/torture/round.hpp"
#include "model/result.hpp"

namespace revenant::harness::torture {

struct Inputs {
    std::vector<std::string> cases;      ///< texts of case files
    std::vector<std::string> schedules;  ///< rv1:…
    std::vector<std::string> reports;    ///< texts of bug reports
    std::vector<std::string> shares;     ///< two result files that merge joins
    std::string checkpoint;              ///< of the search that `checkpoint_words` go on with
};

/// The search that the checkpoint is of, without the option that names its file.
[[nodiscard]] std::vector<std::string> checkpoint_words();

/// Reads the samples of the tree, and lets the command write the rest. Errors: a sample is missing, or the
/// command does not write what it should.
[[nodiscard]] model::Result<Inputs> make_inputs(const Settings& settings);

}  // namespace revenant::harness::torture
