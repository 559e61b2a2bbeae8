// The catalogue on real threads.
#include "model/threads/platform.hpp"
#include "scenarios/worlds/all_entries.hpp"

namespace revenant::scenarios {

const std::vector<Entry>& entries() {
    static const auto all = all_entries<model::threads::threads_platform>();
    return all;
}

}  // namespace revenant::scenarios
