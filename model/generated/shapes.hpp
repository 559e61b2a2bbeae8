// The classes of generated programs, each a shape that has told right from wrong before, with its places,
// orders and lengths thrown by dice.
#pragma once

#include "model/generated/dice.hpp"

namespace revenant::model::generated {

[[nodiscard]] Code store_buffering(Dice& dice);
[[nodiscard]] Code fenced(Dice& dice);
[[nodiscard]] Code message_passing(Dice& dice);
[[nodiscard]] Code publication(Dice& dice);
[[nodiscard]] Code coherence(Dice& dice);
[[nodiscard]] Code four_threads(Dice& dice);
[[nodiscard]] Code chain(Dice& dice);
[[nodiscard]] Code bits(Dice& dice);

[[nodiscard]] Code cas_contention(Dice& dice);
[[nodiscard]] Code weak_cas(Dice& dice);
[[nodiscard]] Code raising(Dice& dice);
[[nodiscard]] Code critical_sections(Dice& dice);
[[nodiscard]] Code locks_and_atomics(Dice& dice);
[[nodiscard]] Code free_or_use(Dice& dice);
[[nodiscard]] Code alike(Dice& dice);
[[nodiscard]] Code anything(Dice& dice);

[[nodiscard]] Code tries(Dice& dice);
[[nodiscard]] Code several_at_once(Dice& dice);
[[nodiscard]] Code sharing(Dice& dice);
[[nodiscard]] Code conditions(Dice& dice);
[[nodiscard]] Code done_once(Dice& dice);
[[nodiscard]] Code latched(Dice& dice);

}  // namespace revenant::model::generated
