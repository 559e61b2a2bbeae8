// What a futex has to do with the atomic that it waits at: its look at the word, and what is known after it.
#include <algorithm>

#include "model/native/atomics.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {

void Atomics::is_looked_at(std::uintptr_t word, std::size_t size, std::uintptr_t place) {
    const Target target{word, size, place};
    check(target, OperationKind::load, false, std::memory_order::relaxed);
    // The steps on a word are told from those on others by where it begins: one within a larger atomic would
    // be in no order with changes of that. Where a larger one may begin, it has not been made yet.
    const auto cell = machine().objects.number(word, ObjectKind::atomic);
    const bool is_known = cell < locations_.size() && locations_[cell].count != 0;
    if (is_known) {
        if (notes_) note_step(locations_[cell]);
    } else if (word % sizeof(Value) != 0) {
        static_cast<void>(location(target));
    } else {
        return;
    }
    const int current = machine().current();
    locations_[cell].read[current] = machine().self().happened[current];
}

void Atomics::has_seen_newest(CellId cell) {
    if (cell >= locations_.size() || locations_[cell].count == 0) return;
    has_seen(locations_[cell], locations_[cell].count - 1, machine().current());
}

// Not the newest: a wake is in no order with stores that its thread knows nothing of.
void Atomics::hand_floor_on(CellId cell, int thread) {
    if (cell >= locations_.size() || locations_[cell].count == 0) return;
    auto& location = locations_[cell];
    const auto known = view(location, false);
    // Others too who come after the woken thread: by a store that is no addition, that tells no order.
    if (const auto index = floor(location, known); location.stores[index].addition < 0) {
        has_seen(location, index, thread);
    }
    const auto* const before = find_told(cell, thread);
    const auto index = before == nullptr ? told_.size() : static_cast<std::size_t>(before - told_.data());
    if (before == nullptr) told_.push_back({cell, thread, {}, 0});
    auto& told = told_[index];
    told.clock.join(known.clock);
    told.last_fence = std::max(told.last_fence, known.last_fence);
}

const Atomics::Told* Atomics::find_told(CellId cell, int thread) const {
    const auto found = std::ranges::find_if(
        told_, [&](const Told& told) { return told.cell == cell && told.thread == thread; });
    return found == told_.end() ? nullptr : &*found;
}

}  // namespace revenant::model::native
