// Leaks: memory that nobody can free any more when an execution has ended well.
#pragma once

#include <cstdint>
#include <vector>

#include "model/native/heap.hpp"

namespace revenant::model::native {

/// The first block that is neither freed nor reachable, from a variable or from the stack of a thread that
/// has not ended; or -1. What looks like a pointer to any byte of a block is one, as in LeakSanitizer.
[[nodiscard]] std::int32_t leaked_block(const Heap& heap);

/// Memory in which pointers are looked for. Before the first execution.
void add_root(std::uintptr_t begin, std::uintptr_t end);

}  // namespace revenant::model::native
