// Frames of stacks, as the tools print them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

/// A frame, and its number in the stack where the tool counts.
struct NumberedFrame {
    Frame frame;
    unsigned number = 0;
};

/// `    #3 0x55d0 in FUNCTION FILE:LINE:COLUMN`: the sanitizers'. Without the address too, and with
/// `(module+0x…)` or `(BuildId: …)` behind.
[[nodiscard]] std::optional<NumberedFrame> sanitizer_frame(std::string_view line);

/// `   at 0x4852: FUNCTION (FILE:LINE)`, `   by 0x…`: valgrind's. `at` has number 0.
[[nodiscard]] std::optional<NumberedFrame> valgrind_frame(std::string_view line);

/// ` FUNCTION+0x40/0x90 FILE:LINE`, or with `? ` before it where the kernel is not sure.
[[nodiscard]] std::optional<Frame> kernel_frame(std::string_view line);

/// Takes `FILE:LINE` or `FILE:LINE:COLUMN` apart. False: it is none.
[[nodiscard]] bool take_place(std::string_view place, Frame& frame);

/// The number behind a mark such as `at 0x`; 0: there is none.
[[nodiscard]] std::uint64_t address_behind(std::string_view line, std::string_view mark);

}  // namespace revenant::reports
