// How often something was caught, and how far that number can be trusted.
#pragma once

#include <cstdint>

namespace revenant::harness {

struct Interval {
    double low = 0;
    double high = 0;
};

/// Wilson's score interval of a proportion, 95 %, as shares from 0 to 1: it stays within them and says
/// something of 0 of n (E. B. Wilson, JASA 22, 1927). Requires: caught <= executions, executions > 0.
[[nodiscard]] Interval wilson_interval(std::uint64_t caught, std::uint64_t executions);

}  // namespace revenant::harness
