// The part of Sync that is about waiting in a queue: condition variables and futexes.
#include <algorithm>
#include <cerrno>

#include "model/native/atomics.hpp"
#include "model/native/spin_wait.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

constexpr unsigned wake_ups_max = 1;

bool mutex_is_free_again(const Thread& thread) { return sync().mutex(thread.object).holder == nobody; }

}  // namespace

std::size_t Sync::pick(const Queue& queue) {
    return machine().choose(ChoiceKind::wake, static_cast<unsigned>(queue.waiting.size()));
}

// The end of the time is a step that may come at any moment, unless somebody has woken the thread before.
bool Sync::wait_in(std::uintptr_t address, ObjectKind kind, Nanoseconds deadline, std::uintptr_t place) {
    auto& all = machine();
    auto& own = all.self();
    if (own.woken) return true;
    if (deadline == no_deadline) {
        all.block(kind, address, place);
        return true;
    }
    own.deadline = deadline;
    const auto cell = all.objects.number(address, kind);
    const auto leaves = kind == ObjectKind::atomic ? AccessKind::wake : AccessKind::write;
    all.announce(
        OperationKind::yield, on(leaves, cell), address, place,
        [](const Thread& thread) { return thread.woken || Machine::time_may_be_out(thread); }, true);
    if (!own.woken) all.time_is_out();
    all.take(on(leaves, cell));
    if (!own.woken) noted(OperationKind::yield, "wait, out of time", address, kind, place);
    return own.woken;
}

// Whoever is woken is a choice: who has come first, nobody can tell.
void Sync::join_queue(Queue& queue) {
    const int own = machine().current();
    machine().self().woken = false;
    queue.waiting.insert(std::lower_bound(queue.waiting.begin(), queue.waiting.end(), own), own);
    ++queue.movements;
}

void Sync::leave_queue(Queue& queue) {
    std::erase(queue.waiting, machine().current());
    ++queue.movements;
}

// Whoever notifies or wakes has found nobody: it has looked at the queue, and that is all.
bool Sync::finds_nobody(CellId cell, const Queue& queue) {
    const int own = machine().current();
    if (queue.waiting.empty()) {
        spin().saw(own, {cell, queue.movements, Spin::Seen::queue});
    } else {
        spin().changed(own);
    }
    return queue.waiting.empty();
}

void Sync::go_on(int number) {
    auto& all = machine();
    all.thread(number).woken = true;
    if (all.thread(number).state == Thread::State::blocked) {
        all.wake(number);
    } else {
        all.follow(number, all.current());
    }
}

bool Sync::wait(std::uintptr_t condition, std::uintptr_t mutex_address, Nanoseconds deadline,
                std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(condition, ObjectKind::condition);
    const auto mutex_cell = all.objects.number(mutex_address, ObjectKind::mutex);
    all.access(condition, 1, false, place);
    all.announce(OperationKind::yield, on(AccessKind::write, cell), condition, place);
    spin().changed(all.current());
    if (mutex(mutex_address).holder != all.current()) {
        all.fail({FindingKind::invariant, "a thread that waits holds the mutex", mutex_address, 1, -1});
    }
    const auto depth = mutex(mutex_address).depth;
    auto& own = all.self();
    const bool wakes_up = own.wake_ups < wake_ups_max && all.choose(ChoiceKind::spurious_failure, 2) == 0;
    own.wake_ups += wakes_up ? 1 : 0;
    if (!wakes_up) join_queue(queue(condition, ObjectKind::condition));
    all.take(on(AccessKind::write, cell));
    noted(OperationKind::yield, wakes_up ? "wait, woken by nobody" : "wait", condition, ObjectKind::condition,
          place);
    // Whoever waits is in the queue from now on, and gives the mutex back in a step of its own, which a
    // try_lock can tell from the one before.
    all.announce(OperationKind::unlock, on(AccessKind::unlock, mutex_cell), mutex_address, place);
    all.take(on(AccessKind::unlock, mutex_cell));
    release(mutex_address);
    bool in_time = true;
    if (!wakes_up) {
        in_time = wait_in(condition, ObjectKind::condition, deadline, place);
        if (!in_time) leave_queue(queue(condition, ObjectKind::condition));
    }
    all.announce(OperationKind::lock, on(AccessKind::lock, mutex_cell), mutex_address, place,
                 mutex_is_free_again);
    all.take(on(AccessKind::lock, mutex_cell));
    acquired(mutex_address, place);
    mutex(mutex_address).depth = depth;
    return in_time;
}

void Sync::notify(std::uintptr_t condition, bool all_of_them, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(condition, ObjectKind::condition);
    all.access(condition, 1, false, place);
    all.announce(OperationKind::store, on(AccessKind::write, cell), condition, place);
    auto& from = queue(condition, ObjectKind::condition);
    const bool is_in_vain = finds_nobody(cell, from);
    std::vector<int> woken;
    if (all_of_them) {
        woken.swap(from.waiting);
    } else if (!is_in_vain) {
        const auto index = static_cast<std::ptrdiff_t>(pick(from));
        woken.push_back(from.waiting[static_cast<std::size_t>(index)]);
        from.waiting.erase(from.waiting.begin() + index);
    }
    from.movements += is_in_vain ? 0 : 1;
    all.take(on(is_in_vain ? AccessKind::read : AccessKind::write, cell));
    noted(OperationKind::store, all_of_them ? "notify_all" : "notify_one", condition, ObjectKind::condition,
          place);
    for (const int thread : woken) go_on(thread);
}

int Sync::futex_wait(std::uintptr_t word, Value expected, Nanoseconds deadline, std::uintptr_t place,
                     std::size_t size) {
    auto& all = machine();
    const auto cell = all.objects.number(word, ObjectKind::atomic);
    all.announce(OperationKind::yield, on(AccessKind::wait_if_equal, cell), word, place);
    spin().changed(all.current());
    atomics().is_looked_at(word, size, place);
    const bool waits = Atomics::peek(word, size) == expected;
    atomics().has_seen_newest(cell);
    all.take(on(AccessKind::wait_if_equal, cell));
    noted(OperationKind::yield, waits ? "wait" : "need not wait", word, ObjectKind::atomic, place);
    if (!waits) return EAGAIN;
    join_queue(queue(word, ObjectKind::atomic));
    if (wait_in(word, ObjectKind::atomic, deadline, place)) return 0;
    leave_queue(queue(word, ObjectKind::atomic));
    return ETIMEDOUT;
}

unsigned Sync::futex_wake(std::uintptr_t word, unsigned count, std::uintptr_t place, const void* frame) {
    auto& all = machine();
    const auto cell = all.objects.number(word, ObjectKind::atomic);
    wait_if_spinning({place, cell, count}, frame, Repeated::no);
    all.announce(OperationKind::store, on(AccessKind::wake, cell), word, place);
    auto& from = queue(word, ObjectKind::atomic);
    auto& waiting = from.waiting;
    const bool is_in_vain = finds_nobody(cell, from);
    std::vector<int> woken;
    while (!waiting.empty() && woken.size() < count) {
        const auto index = count >= waiting.size() + woken.size() ? 0 : pick(from);
        woken.push_back(waiting[index]);
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(index));
    }
    from.movements += is_in_vain ? 0 : 1;
    all.take(on(is_in_vain ? AccessKind::wake_nobody : AccessKind::wake, cell));
    noted(OperationKind::store, "wake", word, ObjectKind::atomic, place);
    for (const int thread : woken) {
        atomics().hand_floor_on(cell, thread);
        go_on(thread);
    }
    return static_cast<unsigned>(woken.size());
}

}  // namespace revenant::model::native
