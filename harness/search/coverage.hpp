// What a search has covered: what made it large, and whether it is worth anything.
#pragma once

#include <string>

#include "model/outcome.hpp"
#include "model/trace.hpp"

namespace revenant::harness {

/// Of one execution: how many steps it has, which object and which place of the code most of them are on. In
/// a sentence, or empty: there is nothing to be said.
[[nodiscard]] std::string what_is_large(const model::Trace& trace);

/// That the search was complete, and none of its executions was: then it has shown nothing of what stands
/// behind the places where they stop. In a sentence, or empty.
[[nodiscard]] std::string what_is_vacuous(const model::Outcome& outcome);

}  // namespace revenant::harness
