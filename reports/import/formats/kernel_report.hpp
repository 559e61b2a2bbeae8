// What Linux says of its own memory and counts: KASAN, KCSAN, and the warnings of refcount_t.
#pragma once

#include <string_view>

#include "reports/import/formats/found.hpp"

namespace revenant::reports {

/// `text` begins with the heading.
[[nodiscard]] Found parse_kernel_report(std::string_view text);

}  // namespace revenant::reports
