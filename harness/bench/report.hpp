// What the benchmark prints and writes.
#pragma once

#include <vector>

#include "harness/bench/cases.hpp"

namespace revenant::harness::bench {

struct Result {
    Case measured;
    Measurement median;  ///< its times and peak memory are the medians of all runs
    int runs = 0;
};

/// One line, without its newline; `heading()` is the one above.
[[nodiscard]] std::string heading();
/// `results`: those so far, this one included; the ratios are taken of them.
[[nodiscard]] std::string line(const Result& result, const std::vector<Result>& results);
/// What Relacy's own search would have had to do where it was cut off.
[[nodiscard]] std::string estimates(const std::vector<Result>& results);
/// How executions and seconds grow with the threads and with the operations of a thread.
[[nodiscard]] std::string growth(const std::vector<Result>& results);
/// How many times as long GenMC takes for the same program, and the geometric mean over the short programs.
/// Empty where it is not installed.
[[nodiscard]] std::string beside_genmc(const std::vector<Result>& results);
[[nodiscard]] std::string to_json(const std::vector<Result>& results);

}  // namespace revenant::harness::bench
