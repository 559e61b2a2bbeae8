// The part of Sync that counts: semaphores and barriers.
//
// What was initialised before main lies in the object, where libc has put it.
#include <cerrno>

#include "model/native/layout.hpp"
#include "model/native/spin_wait.hpp"
#include "model/native/sync.hpp"
#include "model/native/unused_result.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

/// Announces a step on one of them: memory that nobody has freed. `asked` and `frame`: of a step that may
/// change nothing.
CellId announce_look(OperationKind kind, AccessKind access, std::uintptr_t address, ObjectKind object,
                     Asked asked, const void* frame) {
    auto& all = machine();
    all.access(address, 1, false, asked.place);
    asked.cell = all.objects.number(address, object);
    wait_if_spinning(asked, frame, Repeated::no);
    all.announce(kind, on(access, asked.cell), address, asked.place);
    all.access(address, 1, false, asked.place);
    return asked.cell;
}

CellId announce(OperationKind kind, AccessKind access, std::uintptr_t address, ObjectKind object,
                std::uintptr_t place) {
    const auto cell = announce_look(kind, access, address, object, {place}, nullptr);
    spin().changed(machine().current());
    return cell;
}

void check_not_destroyed(bool is_destroyed, const char* rule, std::uintptr_t address) {
    if (is_destroyed) machine().fail({FindingKind::invariant, rule, address, 1, -1});
}

}  // namespace

Sync::Queue& Sync::semaphore_queue(std::uintptr_t semaphore) {
    auto& found = queue(semaphore, ObjectKind::semaphore);
    check_not_destroyed(found.is_destroyed, "no semaphore is used after it is destroyed", semaphore);
    if (!found.is_known) found.value = *reinterpret_cast<const unsigned*>(semaphore);  // the value is first
    found.is_known = true;
    return found;
}

void Sync::semaphore_init(std::uintptr_t semaphore, unsigned value) {
    auto& made = queue(semaphore, ObjectKind::semaphore);
    const auto changes = made.changes + 1;
    made = {};
    made.value = value;
    made.changes = changes;
    made.is_known = true;
}

void Sync::semaphore_destroy(std::uintptr_t semaphore, std::uintptr_t place) {
    machine().access(semaphore, 1, true, place);
    semaphore_queue(semaphore).is_destroyed = true;
}

void Sync::semaphore_post(std::uintptr_t semaphore, std::uintptr_t place) {
    auto& all = machine();
    const auto cell =
        announce(OperationKind::store, AccessKind::write, semaphore, ObjectKind::semaphore, place);
    auto& to = semaphore_queue(semaphore);
    int woken = nobody;
    if (to.waiting.empty()) {
        ++to.value;
        ++to.changes;
    } else {
        const auto index = pick(to);
        woken = to.waiting[index];
        to.waiting.erase(to.waiting.begin() + static_cast<std::ptrdiff_t>(index));
    }
    to.released.join(all.self().happened);
    all.take(on(AccessKind::write, cell));
    noted(OperationKind::store, "post", semaphore, ObjectKind::semaphore, place);
    if (woken == nobody) return;
    all.thread(woken).happened.join(to.released);
    go_on(woken);
}

void Sync::take_one(Queue& from) {
    --from.value;
    ++from.changes;
    machine().self().happened.join(from.released);
}

bool Sync::semaphore_wait(std::uintptr_t semaphore, Nanoseconds deadline, std::uintptr_t place) {
    auto& all = machine();
    const auto cell =
        announce(OperationKind::yield, AccessKind::write, semaphore, ObjectKind::semaphore, place);
    auto& from = semaphore_queue(semaphore);
    const bool waits = from.value == 0;
    if (!waits) take_one(from);
    all.take(on(AccessKind::write, cell));
    noted(OperationKind::yield, waits ? "wait" : "take", semaphore, ObjectKind::semaphore, place);
    if (!waits) return true;
    join_queue(from);
    if (wait_in(semaphore, ObjectKind::semaphore, deadline, place)) return true;
    leave_queue(semaphore_queue(semaphore));
    return false;
}

bool Sync::semaphore_try_wait(std::uintptr_t semaphore, std::uintptr_t place, const void* frame) {
    auto& all = machine();
    const auto cell = announce_look(OperationKind::yield, AccessKind::write, semaphore, ObjectKind::semaphore,
                                    {place}, frame);
    auto& from = semaphore_queue(semaphore);
    const bool takes = from.value != 0;
    if (takes) {
        spin().changed(all.current());
        take_one(from);
    } else {
        spin().saw(all.current(), {cell, from.changes});
        spin().left_error(all.current(), EAGAIN, place);
    }
    all.take(on(takes ? AccessKind::write : AccessKind::read, cell));
    noted(OperationKind::yield, takes ? "take" : "try to take", semaphore, ObjectKind::semaphore, place);
    return takes;
}

unsigned Sync::semaphore_value(std::uintptr_t semaphore, std::uintptr_t to, std::uintptr_t place,
                               const void* frame) {
    auto& all = machine();
    const auto cell = announce_look(OperationKind::load, AccessKind::read, semaphore, ObjectKind::semaphore,
                                    {place, no_id, 0, 0, to}, frame);
    const auto& from = semaphore_queue(semaphore);
    spin().saw(all.current(), {cell, from.changes});
    all.take(on(AccessKind::read, cell));
    return from.value;
}

void Sync::barrier_init(std::uintptr_t barrier, unsigned count) {
    auto& made = queue(barrier, ObjectKind::barrier);
    // Memory that is used for one thing after another is of the heap, or of a stack.
    if (made.is_known && !made.is_destroyed && !in_arena(barrier)) {
        machine().fail({FindingKind::invariant, "a barrier is initialised once", barrier, 1, -1});
    }
    made = {};
    made.value = count;
    made.is_known = true;
}

void Sync::barrier_destroy(std::uintptr_t barrier, std::uintptr_t place) {
    machine().access(barrier, 1, true, place);
    queue(barrier, ObjectKind::barrier).is_destroyed = true;
}

// Threads that come to a barrier do so in any order, unless one of them asks whether it was the last; who is
// for its next round must know where the one before ended. What is read of the threads that come, all but the
// last count as additions, and the last one as a write.
bool Sync::barrier_wait(std::uintptr_t barrier, std::uintptr_t place) {
    auto& all = machine();
    const bool may_be_any = all.additions_commute() && result_is_unused(place);
    const auto kind = may_be_any ? AccessKind::add : AccessKind::write;
    const auto cell = announce(OperationKind::yield, kind, barrier, ObjectKind::barrier, place);
    auto& round = queue(barrier, ObjectKind::barrier);
    check_not_destroyed(round.is_destroyed, "no barrier is used after it is destroyed", barrier);
    if (!round.is_known) round.value = reinterpret_cast<const unsigned*>(barrier)[2];  // after two counters
    round.is_known = true;
    round.released.join(all.self().happened);
    const bool completes = round.waiting.size() + 1 == round.value;
    all.take(on(completes ? AccessKind::write : kind, cell));
    noted(OperationKind::yield, "wait", barrier, ObjectKind::barrier, place);
    if (!completes) {
        join_queue(round);
        return !wait_in(barrier, ObjectKind::barrier, no_deadline, place);
    }
    all.self().happened.join(round.released);
    for (const int thread : round.waiting) {
        all.thread(thread).happened.join(round.released);
        all.wake(thread);
    }
    round.waiting.clear();
    return true;
}

}  // namespace revenant::model::native
