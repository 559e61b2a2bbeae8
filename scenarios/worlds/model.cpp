// The catalogue in the model world.
#include "model/relacy/platform.hpp"
#include "scenarios/worlds/all_entries.hpp"

namespace revenant::scenarios {

const std::vector<Entry>& entries() {
    static const auto all = all_entries<model::relacy::relacy_platform>();
    return all;
}

}  // namespace revenant::scenarios
