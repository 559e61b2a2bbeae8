#include "model/native/frames.hpp"

#include <unwind.h>

namespace revenant::model::native {
namespace {

constexpr std::size_t frames_max = 256;
constexpr int frame_pointer = 6;  // of the registers, as DWARF numbers them

_Unwind_Reason_Code add(_Unwind_Context* context, void* to) {
    auto& frames = *static_cast<std::vector<Frame>*>(to);
    // What it calls the address of the frame is that of the one further in.
    frames.push_back(
        {_Unwind_GetIP(context), _Unwind_GetCFA(context), _Unwind_GetGR(context, frame_pointer)});
    return frames.size() == frames_max ? _URC_END_OF_STACK : _URC_NO_REASON;
}

}  // namespace

std::vector<Frame> frames_here() {
    std::vector<Frame> frames;
    _Unwind_Backtrace(add, &frames);
    return frames;
}

std::optional<FrameAround> frame_around(const std::vector<Frame>& frames, std::uintptr_t address) {
    for (std::size_t i = 0; i + 1 < frames.size(); ++i) {
        const auto end = frames[i + 1].stack_pointer;
        if (address >= frames[i].stack_pointer && address < end) return FrameAround{frames[i], end};
    }
    return std::nullopt;
}

}  // namespace revenant::model::native
