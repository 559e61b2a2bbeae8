// Turns: a schedule's choices as turns of threads, for what changes a schedule.
#pragma once

#include <vector>

#include "model/schedule.hpp"

namespace revenant::harness {

/// A thread's turn: the choice of it, and what was chosen within the step.
using Turn = std::vector<model::Choice>;
using Turns = std::vector<Turn>;

[[nodiscard]] Turns turns_of(const std::vector<model::Choice>& choices);
[[nodiscard]] std::vector<model::Choice> choices_of(const Turns& turns);
/// Requires: the turn has a choice, as each of `turns_of` has.
[[nodiscard]] inline int thread_of(const Turn& turn) { return turn.front().value; }

}  // namespace revenant::harness
