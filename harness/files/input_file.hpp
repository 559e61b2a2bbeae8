// read_file: a whole file as text, or one clear line.
#pragma once

#include <string>

#include "model/result.hpp"

namespace revenant::harness {

/// Errors: it cannot be read, or has no end within a gigabyte (a device, a runaway pipe).
[[nodiscard]] model::Result<std::string> read_file(const std::string& path);

}  // namespace revenant::harness
