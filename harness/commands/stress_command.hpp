// `revenant stress`: how often real threads come upon a bug by chance, for comparison with the model.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/commands/exit_status.hpp"
#include "harness/commands/selection.hpp"
#include "harness/threads/stress_row.hpp"

namespace revenant::harness {

struct StressOptions {
    Selection selection;
    std::vector<model::threads::Noise> noises = {model::threads::Noise::yields};
    StressSettings settings;
};

/// A correct implementation that is caught makes the run one that is not as expected; a broken one never
/// does: its rate depends on the machine and may be zero. Returns exit_as_expected or exit_not_as_expected;
/// exit_usage for a bad selection or a missing program, exit_undecided when interrupted, exit_internal when a
/// run ended for a reason that is not the code's.
[[nodiscard]] ExitStatus run_stress(StressOptions options);

}  // namespace revenant::harness
