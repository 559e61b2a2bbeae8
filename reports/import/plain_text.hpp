// plain_text: a log as it was before a terminal and a CI system had their way with it.
#pragma once

#include <string>
#include <string_view>

#include "model/stop_token.hpp"

namespace revenant::reports {

/// Without colours, and without what CI systems put in front of each line: the time, the name of a service.
/// Of several empty lines one is left. Ends early once `stop` is requested.
[[nodiscard]] std::string plain_text(std::string_view text, model::StopToken stop = {});

}  // namespace revenant::reports
