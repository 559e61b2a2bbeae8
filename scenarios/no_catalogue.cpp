// Of a program that has no catalogue, such as one of tests that call revenant::check: a member of the package's
// archive, which a linker takes if nobody else has the function.
#include "scenarios/entry.hpp"

namespace revenant::scenarios {

const Catalogue& whole_catalogue() {
    static const Catalogue none;
    return none;
}

}  // namespace revenant::scenarios
