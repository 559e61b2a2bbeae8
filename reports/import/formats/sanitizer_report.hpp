// The reports of AddressSanitizer, HWAddressSanitizer, LeakSanitizer and ThreadSanitizer, as g++, Clang,
// Apple's Clang and Rust print them.
#pragma once

#include <optional>
#include <string_view>

#include "reports/import/formats/found.hpp"

namespace revenant::reports {

/// `text` begins with the report's heading and ends before the next one's.
[[nodiscard]] Found parse_sanitizer_report(std::string_view text);

}  // namespace revenant::reports
