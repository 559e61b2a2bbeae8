// Symmetry: which threads of a program are alike, for a search that takes their permutations once.
#pragma once

#include "model/program.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::search {

/// The class of each thread, as the program declares it; without symmetry none is like another.
[[nodiscard]] SymmetryClasses symmetry_classes(const Program& program, unsigned threads, bool symmetry);

}  // namespace revenant::model::search
