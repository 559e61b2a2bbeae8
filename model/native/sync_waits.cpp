// The part of Sync that is about waiting: condition variables, futexes, semaphores, barriers.
#include "model/native/sync.hpp"

#include <algorithm>
#include <cerrno>

#include "model/native/atomics.hpp"
#include "model/native/recorder.hpp"

namespace revenant::model::native {
namespace {

using search::Access;
using search::AccessKind;

bool is_free(const Thread& thread) { return sync().mutex(thread.object).holder == nobody; }

// A wait whose time may be out at any moment: once for each thread, so that a loop which waits again ends;
// later only when nobody else can go on, as time then passes for all.
constexpr unsigned time_outs_max = 1;
constexpr unsigned wake_ups_max = 1;

bool time_may_be_out(const Thread& thread) { return thread.time_outs < time_outs_max; }

Access on(AccessKind kind, CellId cell) { return {kind, cell, no_id}; }

}  // namespace

std::size_t Sync::pick(const Queue& queue) {
    return machine().choose(ChoiceKind::wake, static_cast<unsigned>(queue.waiting.size()));
}

bool Sync::wait(std::uintptr_t condition, std::uintptr_t mutex_address, bool has_time_out,
                std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(condition, ObjectKind::condition);
    const auto mutex_cell = all.objects.number(mutex_address, ObjectKind::mutex);
    all.access(condition, 1, false, place);
    all.announce(OperationKind::yield, on(AccessKind::write, cell), condition, place);
    if (mutex(mutex_address).holder != all.current()) {
        all.fail({FindingKind::invariant, "a thread that waits holds the mutex", mutex_address, 1, -1});
    }
    const auto depth = mutex(mutex_address).depth;
    auto& own = all.self();
    const bool wakes_up =
        own.wake_ups < wake_ups_max && !has_time_out && all.choose(ChoiceKind::spurious_failure, 2) == 0;
    own.wake_ups += wakes_up ? 1 : 0;
    all.take(on(AccessKind::write, cell));
    release(mutex_address);
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::yield, wakes_up ? "wait, woken by nobody" : "wait", condition,
                            ObjectKind::condition, place);
    }
    own.timed_out = false;
    if (!wakes_up) {
        queue(condition, ObjectKind::condition).waiting.push_back(all.current());
        if (has_time_out) {
            // A step that may come at any time: it leaves the queue. A notification takes the step's place.
            all.announce(
                OperationKind::yield, on(AccessKind::write, cell), condition, place,
                [](const Thread& thread) { return thread.timed_out || time_may_be_out(thread); }, true);
            auto& waiting = queue(condition, ObjectKind::condition).waiting;
            const auto mine = std::find(waiting.begin(), waiting.end(), all.current());
            own.timed_out = mine != waiting.end();
            if (own.timed_out) {
                waiting.erase(mine);
                ++own.time_outs;
            }
            all.take(on(AccessKind::write, cell));
        } else {
            all.block(OperationKind::yield, condition, place);
        }
    }
    all.announce(OperationKind::lock, on(AccessKind::lock, mutex_cell), mutex_address, place, is_free);
    all.take(on(AccessKind::lock, mutex_cell));
    acquired(mutex_address, place);
    mutex(mutex_address).depth = depth;
    return !own.timed_out;
}

void Sync::notify(std::uintptr_t condition, bool all_of_them, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(condition, ObjectKind::condition);
    all.access(condition, 1, false, place);
    all.announce(OperationKind::store, on(AccessKind::write, cell), condition, place);
    auto& waiting = queue(condition, ObjectKind::condition).waiting;
    std::vector<int> woken;
    if (all_of_them) {
        woken.swap(waiting);
    } else if (!waiting.empty()) {
        const auto index = static_cast<std::ptrdiff_t>(pick(queue(condition, ObjectKind::condition)));
        woken.push_back(waiting[static_cast<std::size_t>(index)]);
        waiting.erase(waiting.begin() + index);
    }
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::store, all_of_them ? "notify_all" : "notify_one", condition,
                            ObjectKind::condition, place);
    }
    for (const int thread : woken) {
        if (all.thread(thread).state == Thread::State::blocked) {
            all.wake(thread);
        } else {
            all.wake_waiting(thread, nullptr);  // it finds that it is not in the queue any more
        }
    }
}

int Sync::futex_wait(std::uintptr_t word, std::uint32_t expected, bool has_time_out, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(word, ObjectKind::atomic);
    all.announce(OperationKind::yield, on(AccessKind::write, cell), word, place);
    const auto value = static_cast<std::uint32_t>(Atomics::peek(word, sizeof expected));
    const bool waits = value == expected;
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::yield, waits ? "wait" : "need not wait", word, ObjectKind::atomic,
                            place);
    }
    if (!waits) return EAGAIN;
    if (has_time_out && time_may_be_out(all.self())) {
        ++all.self().time_outs;
        return ETIMEDOUT;
    }
    queue(word, ObjectKind::atomic).waiting.push_back(all.current());
    all.block(OperationKind::yield, word, place);
    return 0;
}

unsigned Sync::futex_wake(std::uintptr_t word, unsigned count, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(word, ObjectKind::atomic);
    all.announce(OperationKind::store, on(AccessKind::write, cell), word, place);
    auto& waiting = queue(word, ObjectKind::atomic).waiting;
    std::vector<int> woken;
    while (!waiting.empty() && woken.size() < count) {
        const auto index = count >= waiting.size() + woken.size() ? 0 : pick(queue(word, ObjectKind::atomic));
        woken.push_back(waiting[index]);
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(index));
    }
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::store, "wake", word, ObjectKind::atomic, place);
    }
    for (const int thread : woken) all.wake(thread);
    return static_cast<unsigned>(woken.size());
}

void Sync::semaphore_init(std::uintptr_t semaphore, unsigned value) {
    queue(semaphore, ObjectKind::semaphore).value = value;
}

void Sync::semaphore_post(std::uintptr_t semaphore, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(semaphore, ObjectKind::semaphore);
    all.announce(OperationKind::store, on(AccessKind::write, cell), semaphore, place);
    auto& to = queue(semaphore, ObjectKind::semaphore);
    int woken = nobody;
    if (to.waiting.empty()) {
        ++to.value;
    } else {
        const auto index = pick(to);
        woken = to.waiting[index];
        to.waiting.erase(to.waiting.begin() + static_cast<std::ptrdiff_t>(index));
    }
    to.released.join(all.self().happened);
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::store, "post", semaphore, ObjectKind::semaphore, place);
    }
    if (woken == nobody) return;
    all.thread(woken).happened.join(to.released);
    all.wake(woken);
}

void Sync::semaphore_wait(std::uintptr_t semaphore, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(semaphore, ObjectKind::semaphore);
    all.announce(OperationKind::yield, on(AccessKind::write, cell), semaphore, place);
    auto& from = queue(semaphore, ObjectKind::semaphore);
    const bool waits = from.value == 0;
    if (!waits) {
        --from.value;
        all.self().happened.join(from.released);
    }
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::yield, waits ? "wait" : "take", semaphore, ObjectKind::semaphore,
                            place);
    }
    if (!waits) return;
    from.waiting.push_back(all.current());
    all.block(OperationKind::yield, semaphore, place);
}

bool Sync::semaphore_try_wait(std::uintptr_t semaphore, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(semaphore, ObjectKind::semaphore);
    all.announce(OperationKind::yield, on(AccessKind::write, cell), semaphore, place);
    auto& from = queue(semaphore, ObjectKind::semaphore);
    const bool takes = from.value != 0;
    if (takes) {
        --from.value;
        all.self().happened.join(from.released);
    }
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::yield, takes ? "take" : "try to take", semaphore,
                            ObjectKind::semaphore, place);
    }
    return takes;
}

unsigned Sync::semaphore_value(std::uintptr_t semaphore, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(semaphore, ObjectKind::semaphore);
    all.announce(OperationKind::load, on(AccessKind::read, cell), semaphore, place);
    const auto value = queue(semaphore, ObjectKind::semaphore).value;
    all.take(on(AccessKind::read, cell));
    return value;
}

void Sync::barrier_init(std::uintptr_t barrier, unsigned count) {
    queue(barrier, ObjectKind::barrier).value = count;
}

bool Sync::barrier_wait(std::uintptr_t barrier, std::uintptr_t place) {
    auto& all = machine();
    const auto cell = all.objects.number(barrier, ObjectKind::barrier);
    all.announce(OperationKind::yield, on(AccessKind::write, cell), barrier, place);
    auto& round = queue(barrier, ObjectKind::barrier);
    round.released.join(all.self().happened);
    const bool completes = round.waiting.size() + 1 == round.value;
    all.take(on(AccessKind::write, cell));
    if (all.recorder != nullptr) {
        all.recorder->noted(OperationKind::yield, "wait", barrier, ObjectKind::barrier, place);
    }
    if (!completes) {
        round.waiting.push_back(all.current());
        all.block(OperationKind::yield, barrier, place);
        return false;
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
