// Turns: a schedule's choices as turns of threads, for what changes a schedule.
#pragma once

#include <span>
#include <vector>

#include "model/schedule.hpp"

namespace revenant::harness {

/// A thread's turn: the choice of it, and what was chosen within the step. It is a part of the choices that
/// it was made of, and lives no longer.
using Turn = std::span<const model::Choice>;
using Turns = std::vector<Turn>;

[[nodiscard]] Turns turns_of(const std::vector<model::Choice>& choices);
Turns turns_of(std::vector<model::Choice>&&) = delete;
[[nodiscard]] std::vector<model::Choice> choices_of(const Turns& turns);
/// Requires: the turn has a choice, as each of `turns_of` has.
[[nodiscard]] inline int thread_of(const Turn& turn) { return turn.front().value; }

}  // namespace revenant::harness
