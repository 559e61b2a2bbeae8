// build_id: what tells one build of a program from another.
#pragma once

#include <string>

namespace revenant::harness {

/// A checksum of the program that runs: another build may have other code in the rows. `unknown` where it
/// cannot be read. Read once: it takes a tenth of a second.
[[nodiscard]] const std::string& build_id();

}  // namespace revenant::harness
