// Reading a file of a user's choice.
#pragma once

#include <string>

#include "model/result.hpp"
#include "model/stop_token.hpp"

namespace revenant::harness {

/// The whole text of a file, a device or a pipe; `-` is no name to it. Errors: it cannot be read, or is over
/// a gigabyte, or `stop` came while nothing did.
[[nodiscard]] model::Result<std::string> read_file(const std::string& path, model::StopToken stop = {});

/// The same of stdin.
[[nodiscard]] model::Result<std::string> read_stdin(model::StopToken stop = {});

}  // namespace revenant::harness
