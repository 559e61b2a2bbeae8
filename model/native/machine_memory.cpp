// The part of the machine that is about memory: plain accesses, allocation.
#include <algorithm>

#include "model/native/atomics.hpp"
#include "model/native/machine.hpp"
#include "model/native/points.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin_wait.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

void Machine::access(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place) {
    if (size == 0 || repeats_) return;
    auto& own = self();
    if (++own.unseen >= unseen_max) stall();
    if (own.unseen % accesses_per_look == 0) look_at_the_time();
    alike.touches(current_, address, size, is_write);
    if (spin().is_watched(current_)) look_at_access(address, size, is_write);
    auto clash = shadow.access(address, size, is_write, current_, own.happened);
    if (clash == Clash::atomic) {
        clash = atomics().is_race(address, size, is_write, own.happened) ? Clash::race : Clash::none;
    }
    if (clash == Clash::none && Points::any() && points().is_race(address, size, is_write, own.happened)) {
        clash = Clash::race;
    }
    if (is_write && address - stack_of(current_) >= stack_size) spin().writes(current_, address, size);
    if (is_too_late_for(address)) clash = Clash::freed;
    const bool fails = clash != Clash::none;
    if (recorder != nullptr) recorder->accessed(address, size, is_write, place, fails);
    if (!fails) return;
    fail({clash == Clash::freed ? FindingKind::use_after_free : FindingKind::data_race,
          {},
          address,
          size,
          -1});
}

std::uint64_t Machine::plain_accesses() const {
    auto count = seen_accesses_;
    for (unsigned i = 0; i < made_; ++i) count += threads_[i].unseen;
    return count;
}

void Machine::yields() {
    if (repeats_) return;
    self().gives_way = true;
    self().unseen += unseen_of_a_yield;
    if (self().unseen >= unseen_max) stall();
    wait_if_yielding();
}

std::uint32_t Machine::changes_of(CellId cell) const {
    return atomics().changes_of(cell) + points().changes_of(cell);
}

namespace {

const char* rule_of(AllocatedBy by) {
    switch (by) {
        case AllocatedBy::new_object: return "what new has made, delete frees";
        case AllocatedBy::new_array: return "what new[] has made, delete[] frees";
        case AllocatedBy::malloc: break;
    }
    return "what malloc has allocated, free frees";
}

}  // namespace

void* Machine::allocate(std::size_t size, std::size_t alignment, std::uintptr_t place, AllocatedBy by) {
    if (repeats_at_once(place)) {
        const auto address = static_cast<std::uintptr_t>(answer_->value);
        Heap::repeat(address, static_cast<std::uint64_t>(answer_->stored), size);
        return reinterpret_cast<void*>(address);
    }
    spin().changed(current_);
    auto* const made = heap.allocate(current_, size, alignment, by);
    // Who uses what nobody has handed to him is told by then, mostly, and would hide what comes of it.
    if (!Points::any()) {
        shadow.allocate(reinterpret_cast<std::uintptr_t>(made), size, current_, self().happened[current_]);
    }
    const auto block = heap.blocks().size() - 1;
    if (recorder != nullptr) recorder->allocated(static_cast<std::int32_t>(block), place);
    returns(place, reinterpret_cast<std::uintptr_t>(made), false, block);
    return made;
}

void Machine::free(std::uintptr_t address, std::uintptr_t place, AllocatedBy by) {
    if (repeats_) return;
    const auto block = heap.block_at(address);
    if (block < 0) {
        if (Heap::is_from_before(address)) return free_from_before(address, place);
        if (recorder != nullptr) recorder->freed_no_block(address, place);
        fail({FindingKind::double_free, "what is freed was allocated", address, 1, -1, nobody, place});
    }
    const bool is_step = Points::has(place);
    const search::Access step{search::AccessKind::retire, no_id, Points::block_of(block)};
    if (is_step) announce(OperationKind::free, step, address, place);
    const auto& freed = heap.blocks()[static_cast<std::size_t>(block)];
    if (freed.is_free) {
        if (recorder != nullptr) recorder->freed(block, place, true);
        fail({FindingKind::double_free, {}, address, freed.size, -1});
    }
    auto& own = self();
    alike.acts();
    alike.touches(current_, address, freed.size, true);
    const bool unchecked = !options.unordered_destroys_fail;
    const bool atomic_race = !unchecked && freed.size != 0 &&
                             (atomics().is_race(address, freed.size, true, own.happened) ||
                              (!is_step && points().is_race(address, freed.size, true, own.happened)));
    const auto clash = shadow.free(address, freed.size, current_, own.happened, unchecked);
    if (clash != Clash::none || atomic_race) {
        if (recorder != nullptr) recorder->freed(block, place, true);
        fail({FindingKind::data_race, {}, address, freed.size, -1});
    }
    const auto held = sync().held_within(address, freed.size);
    const bool is_mismatched = freed.by != by && !options.mismatched_frees_pass;
    if (held != 0 || is_mismatched) {
        if (recorder != nullptr) recorder->freed(block, place, true);
        if (held != 0) fail({FindingKind::invariant, no_held_mutex_dies, held, 1, -1});
        Failure mismatch{FindingKind::double_free, rule_of(freed.by), address, freed.size, -1};
        mismatch.is_mismatched_free = true;
        fail(std::move(mismatch));
    }
    heap.free(block);
    if (is_step) take(step);
    spin().changed(current_);
    if (recorder != nullptr) recorder->freed(block, place, false);
}

// Memory from before main is not given back, as the next execution needs it; but nobody may use it any more.
void Machine::free_from_before(std::uintptr_t address, std::uintptr_t place) {
    const auto size = std::max<std::size_t>(Heap::size_before(address), 1);
    if (recorder != nullptr) recorder->frees_from_before(true);
    access(address, size, true, place);
    if (recorder != nullptr) recorder->frees_from_before(false);
    static_cast<void>(shadow.free(address, size, current_, self().happened, true));
}

}  // namespace revenant::model::native
