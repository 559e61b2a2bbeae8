// plain_text: a log as it was before a terminal and a CI system had their way with it.
#pragma once

#include <string>
#include <string_view>

namespace revenant::reports {

/// Without colours, and without what CI systems put in front of each line: the time, the name of a service.
[[nodiscard]] std::string plain_text(std::string_view text);

}  // namespace revenant::reports
