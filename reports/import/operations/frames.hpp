// What a frame of a stack is to the program: its own, or of the runtime under it.
#pragma once

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

/// The sanitizer's own, an allocator's, a kernel's way to its report.
[[nodiscard]] bool is_runtime(const Frame& frame);
/// What every thread begins with: `clone`, `start_thread`, `BaseThreadInitThunk`.
[[nodiscard]] bool begins_thread(const Frame& frame);

/// An operation of a library's atomic type: `std::atomic<int>::fetch_sub`, `sync/atomic.AddInt32`.
[[nodiscard]] bool is_atomic_operation(const Frame& frame);

/// Whether the memory is given out: by the allocator, innermost.
[[nodiscard]] bool is_given_out(const std::vector<Frame>& stack);

/// How the innermost function that says so ends the life of memory.
enum class Freeing : std::uint8_t { none, free, moved };
[[nodiscard]] Freeing freeing(const std::vector<Frame>& stack);

}  // namespace revenant::reports
