// in_child: one search in a process of its own, so that its peak of memory is its own, and nothing that
// an earlier search left behind in the allocator or in Relacy's context is measured along with it.
#pragma once

#include <cstdint>
#include <functional>

namespace revenant::harness::bench {

/// What one search did. Plain bytes: it crosses a pipe.
struct Measurement {
    std::uint64_t executions_complete = 0;
    std::uint64_t executions_blocked = 0;
    double executions_estimated = 0;  ///< of a search that was cut off: its own estimate of all of them
    double seconds = 0;
    double cpu_seconds = 0;     ///< of the whole process; filled in by in_child
    double peak_mebibytes = 0;  ///< filled in by in_child
    bool is_finished = false;   ///< it came to its end
    bool is_clean = false;      ///< no execution failed
};

/// Throws std::runtime_error if the child dies; the text says how.
[[nodiscard]] Measurement in_child(const std::function<Measurement()>& search);

}  // namespace revenant::harness::bench
