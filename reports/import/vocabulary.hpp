// Vocabulary: what other people call the operations that the scenarios call `intern`, `release`, `clone`, …
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/import/bug_report.hpp"

namespace revenant::reports {

/// `ns::Type<args>::name(params) const` → `ns::Type::name`: without what templates and parameters add.
[[nodiscard]] std::string bare_name(std::string_view function);

/// The scenarios' word for a function, or empty. `deref`, `unref`, `decRef`, `~shared_ptr` are `release`.
[[nodiscard]] std::string call_of(std::string_view function);

/// The outermost operation of a stack that has a word, a read or a write only if there is no other; empty if
/// none has.
[[nodiscard]] std::string outermost_call(const std::vector<Frame>& stack);

}  // namespace revenant::reports
