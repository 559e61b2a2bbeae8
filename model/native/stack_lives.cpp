#include "model/native/stack_lives.hpp"

namespace revenant::model::native {
namespace {

std::uint32_t bit(int thread) { return std::uint32_t{1} << thread; }

}  // namespace

bool StackLives::visit(int owner, std::uintptr_t address, int visitor, Tick tick) {
    if ((ended_ & bit(owner)) != 0) return false;
    auto& visits = visits_[static_cast<std::size_t>(owner)];
    if ((visited_ & bit(owner)) == 0) visits = {};
    visited_ |= bit(owner);
    visits[static_cast<std::size_t>(visitor)] = {address, tick};
    return true;
}

std::uintptr_t StackLives::end(int thread, const VectorClock& clock) {
    ended_ |= bit(thread);
    if ((visited_ & bit(thread)) == 0) return 0;
    for (int visitor = 0; visitor < threads_max; ++visitor) {
        const auto& visit = visits_[static_cast<std::size_t>(thread)][static_cast<std::size_t>(visitor)];
        if (!clock.covers(visitor, visit.tick)) return visit.address;
    }
    return 0;
}

}  // namespace revenant::model::native
