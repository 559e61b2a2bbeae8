#include "model/native/stack_lives.hpp"

namespace revenant::model::native {

void StackLives::resume(std::size_t checkpoint) {
    const auto& mark = marks_[checkpoint];
    before_.roll_back(mark.before, [&](int owner, const Visits& before) {
        visits_[static_cast<std::size_t>(owner)] = before;
    });
    ended_ = mark.ended;
    visited_ = mark.visited;
}

bool StackLives::visit(int owner, std::uintptr_t address, int visitor, Tick tick) {
    if (search::contains(ended_, owner)) return false;
    auto& visits = visits_[static_cast<std::size_t>(owner)];
    if (notes_) before_.note(owner, visits);
    if (!search::contains(visited_, owner)) visits = {};
    visited_ |= search::set_of(owner);
    visits[static_cast<std::size_t>(visitor)] = {address, tick};
    return true;
}

std::uintptr_t StackLives::end(int thread, const VectorClock& clock) {
    ended_ |= search::set_of(thread);
    if (!search::contains(visited_, thread)) return 0;
    for (int visitor = 0; visitor < threads_max; ++visitor) {
        const auto& visit = visits_[static_cast<std::size_t>(thread)][static_cast<std::size_t>(visitor)];
        if (!clock.covers(visitor, visit.tick)) return visit.address;
    }
    return 0;
}

}  // namespace revenant::model::native
