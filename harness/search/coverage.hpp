// What an undecided search has covered, and what made it large.
#pragma once

#include <string>

#include "model/trace.hpp"

namespace revenant::harness {

/// Of one execution: how many steps it has, which object and which place of the code most of them are on. In
/// a sentence, or empty: there is nothing to be said.
[[nodiscard]] std::string what_is_large(const model::Trace& trace);

}  // namespace revenant::harness
