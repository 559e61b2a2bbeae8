#include "harness/threads/catch_rate.hpp"

#include <algorithm>
#include <cmath>

namespace revenant::harness {

Interval wilson_interval(std::uint64_t caught, std::uint64_t executions) {
    constexpr double z = 1.959964;  // of 95 %
    const auto n = static_cast<double>(executions);
    const double share = static_cast<double>(caught) / n;
    const double scale = 1 + z * z / n;
    const double middle = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // At the ends the two are equal but for rounding.
    return {caught == 0 ? 0 : std::max(0.0, middle - half),
            caught == executions ? 1 : std::min(1.0, middle + half)};
}

}  // namespace revenant::harness
