// Formats that are known and not read: a debugger's backtrace, a crash report, the abort of an allocator.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

/// One line that says what the text is and what would help; empty: it is none of these.
[[nodiscard]] std::string named_format(std::string_view text);

}  // namespace revenant::reports
