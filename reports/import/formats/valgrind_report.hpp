// The reports of valgrind: memcheck, helgrind and DRD, as text and as XML.
#pragma once

#include <string>
#include <string_view>

#include "reports/import/formats/found.hpp"

namespace revenant::reports {

/// `text` begins with the report's heading, or with the line before it that names the thread.
[[nodiscard]] Found parse_valgrind_report(std::string_view text);

[[nodiscard]] bool is_valgrind_xml(std::string_view text);
/// The same reports as valgrind would have printed them; empty: it is no XML.
[[nodiscard]] std::string valgrind_text_of_xml(std::string_view text);

}  // namespace revenant::reports
