// Smaller programs from a program: what shrinking tries, and how a generated one is cut to size.
#pragma once

#include "model/generated/code.hpp"

namespace revenant::model::generated {

/// The program without a statement; of a lock or unlock, without its partner as well. The thread goes
/// when nothing is left of it, unless too few would be left.
[[nodiscard]] Code without(const Code& code, std::size_t thread, std::size_t statement);
[[nodiscard]] Code without_thread(const Code& code, std::size_t thread);

/// Roughly how many interleavings the program has.
[[nodiscard]] double interleavings(const Code& code);
/// Takes statements from the end of the longest thread while there are more.
[[nodiscard]] Code cut_to(double interleavings_max, Code code);

}  // namespace revenant::model::generated
