// The searches that the benchmark measures, and the numbers of executions that they must come to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/bench/in_child.hpp"

namespace revenant::harness::bench {

struct Case {
    std::string workload;  ///< `reference/bare_registry`; with the growth, the operations as well
    std::string implementation;
    unsigned threads = 2;
    std::string search;  ///< `dpor`, `dpor symmetric`, `full`, `genmc`, or Relacy's own
    std::function<Measurement()> run;
    std::optional<std::uint64_t> executions = {};  ///< what it must come to, where that is known
    bool is_cut_off = false;                       ///< it is ended by time, once, and not expected to finish
};

inline constexpr const char* relacys_own = "relacy";

/// `cut_off_seconds`: how long Relacy's own search gets where it does not come to an end.
[[nodiscard]] std::vector<Case> all_cases(double cut_off_seconds);

}  // namespace revenant::harness::bench
