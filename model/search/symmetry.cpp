#include "model/search/symmetry.hpp"

namespace revenant::model::search {

SymmetryClasses symmetry_classes(const Program& program, unsigned threads, bool symmetry) {
    SymmetryClasses classes;
    for (unsigned thread = 0; symmetry && thread < threads; ++thread) {
        classes.push_back(program.symmetry_class(thread));
    }
    return classes;
}

}  // namespace revenant::model::search
