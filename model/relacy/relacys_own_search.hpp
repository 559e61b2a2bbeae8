// relacys_own_search: the logic of reference/bare_registry with Relacy's types, under Relacy's own
// exhaustive scheduler and nothing of ours: what our searches are measured against.
#pragma once

#include <cstdint>

namespace revenant::model::relacy {

enum class BareOrders : std::uint8_t { weak, sequential };

struct OwnSearch {
    std::uint64_t executions = 0;
    double seconds = 0;
    double executions_estimated = 0;  ///< Relacy's estimate of all of them, when the search ended
    bool is_finished = false;         ///< false: the time was up, or an execution failed
    bool is_clean = false;            ///< no execution failed
};

/// Requires: 2 <= threads <= 4. At most one search at a time in a process.
[[nodiscard]] OwnSearch relacys_own_search(unsigned threads, BareOrders orders, double seconds_max);

}  // namespace revenant::model::relacy
