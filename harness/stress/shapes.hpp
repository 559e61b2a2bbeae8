// The shapes of the stress, after those of the seed's thread. Each drives one registry with real threads
// until its time is up; a broken registry may crash the process, which is how it is caught.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/stress/subjects.hpp"

namespace revenant::harness::stress {

struct Totals {
    std::uint64_t rounds = 0;  ///< waves, or cycles of the driver's count through 0
    std::uint64_t interns = 0;
};

/// The status of a process that could not have its threads: not its code's fault.
inline constexpr int exit_no_means = 98;

struct Shape {
    std::string_view id;
    std::string_view summary;
    Totals (*run)(Target& target, double seconds) = nullptr;
};

[[nodiscard]] const std::vector<Shape>& shapes();

}  // namespace revenant::harness::stress
