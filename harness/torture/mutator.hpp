// Mutator: a text with damage done to it, such as a disk, an editor or an enemy does.
#pragma once

#include <cstddef>
#include <string>

#include "harness/torture/random.hpp"

namespace revenant::harness::torture {

struct Mutant {
    std::string text;
    std::string kind;  ///< of the last damage, for the figures
};

/// The text with one to four damages. The same seed does the same to the same text.
[[nodiscard]] Mutant mutate(Random& random, std::string text);

/// So many kinds of damage there are.
[[nodiscard]] std::size_t damage_count();
/// One damage of the kind of this number, on its own. Requires: it is below `damage_count()`.
[[nodiscard]] Mutant damage(std::size_t kind, Random& random, std::string text);

}  // namespace revenant::harness::torture
