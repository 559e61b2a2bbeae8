// Orphans: the children that a command has left behind when it ended.
#pragma once

#include <cstddef>

#include "model/stop_token.hpp"

namespace revenant::harness::torture {

/// From now on, a process whose parent has ended becomes a child of this program instead of being out of
/// sight.
void adopt_orphans();

/// Waits until no child is left, so many seconds at most; then kills what is left and returns how many there
/// were. Requires: `adopt_orphans` was called; no ChildProcess of ours lives.
[[nodiscard]] std::size_t orphans_left(double patience_seconds, model::StopToken stop = {});

}  // namespace revenant::harness::torture
