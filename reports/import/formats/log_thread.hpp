// How a line of a log names its thread: in brackets, before the object or behind it, or by a word.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

/// A date or a time, which loggers put into brackets as well.
[[nodiscard]] bool is_time(std::string_view text);
[[nodiscard]] bool is_level(std::string_view text);
/// `T1`.
[[nodiscard]] bool is_thread_label(std::string_view name);

/// A text in square brackets that is neither a level nor a time; the first one. Empty: there is none.
[[nodiscard]] std::string thread_in_brackets(std::string_view text);
/// `T1: …`, `thread 12 …`, `tid=12`, in front of the object.
[[nodiscard]] std::string named_thread(std::string_view before);

}  // namespace revenant::reports
