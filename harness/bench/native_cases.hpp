// The bare workload as a plain C program (scenarios/native/bare_registry.c): in the native world, and under
// GenMC where that is installed.
#pragma once

#include <vector>

#include "harness/bench/cases.hpp"

namespace revenant::harness::bench {

void add_native(std::vector<Case>& to);

/// The program, or empty: it is not installed.
[[nodiscard]] std::string genmc();

}  // namespace revenant::harness::bench
