// plain_text: a report as it was before a terminal, a CI system, a mail or a web page had their way with it.
#pragma once

#include <string>
#include <string_view>

#include "model/stop_token.hpp"

namespace revenant::reports {

/// In UTF-8, without colours, without markup, and without what stands in front of each line. Empty lines are
/// left out. Ends early once `stop` is requested.
[[nodiscard]] std::string plain_text(std::string_view text, model::StopToken stop = {});

}  // namespace revenant::reports
