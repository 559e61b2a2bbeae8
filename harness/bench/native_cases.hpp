// Plain C programs in the native world, and under GenMC where that is installed: the bare workload
// (scenarios/native/bare_registry.c), and short programs with many executions (programs/).
#pragma once

#include <vector>

#include "harness/bench/cases.hpp"

namespace revenant::harness::bench {

/// The implementation of the short programs.
inline constexpr const char* short_program = "short program";

void add_native(std::vector<Case>& to);

/// The program, or empty: it is not installed.
[[nodiscard]] std::string genmc();

}  // namespace revenant::harness::bench
