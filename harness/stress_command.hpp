// `revenant stress`: how often real threads come upon a bug by chance, for comparison with the model.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/exit_status.hpp"
#include "harness/selection.hpp"
#include "harness/stress_row.hpp"

namespace revenant::harness {

struct StressOptions {
    Selection selection;
    std::vector<model::threads::Noise> noises = {model::threads::Noise::yields};
    StressSettings settings;
};

/// A correct implementation that is caught makes the run one that is not as expected; a broken one never
/// does: its rate depends on the machine and may be zero.
[[nodiscard]] ExitStatus run_stress(StressOptions options);

}  // namespace revenant::harness
