// Frames: the calls that a thread is in, with where each function's variables lie. To be asked for while an
// execution is written down: each look walks the whole stack.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace revenant::model::native {

struct Frame {
    std::uintptr_t place;          ///< that the call which the function has made returns to
    std::uintptr_t stack_pointer;  ///< the function's own, while it waits for that call
    std::uintptr_t frame_pointer;
};
/// Those of the current thread, from the innermost out.
[[nodiscard]] std::vector<Frame> frames_here();

/// A function's frame, and where it ends: what the one that has called it has there.
struct FrameAround {
    Frame frame;
    std::uintptr_t end;
};
/// The one that has this address.
[[nodiscard]] std::optional<FrameAround> frame_around(const std::vector<Frame>& frames,
                                                      std::uintptr_t address);

}  // namespace revenant::model::native
