#include "model/relacy/conditions.hpp"

#include "model/relacy/waitables.hpp"

namespace revenant::model::relacy::detail {
namespace {

constexpr unsigned wake_ups_max = 1;    // of a thread, by itself
constexpr unsigned time_outs_free = 1;  // of a thread, while others could go on
constexpr unsigned time_outs_max = 200;

}  // namespace

ConditionVariable::ConditionVariable(cell_name name) : Waitable(name) {}

ConditionVariable::~ConditionVariable() {
    end_life(id_, life_, [&] {
        if (recorder().blocking().waiting(id_) != 0) {
            fail({FindingKind::invariant, "no condition variable is destroyed while a thread waits on it"});
        }
    });
}

bool ConditionVariable::wait(Lockable& mutex, bool has_deadline, source where) {
    auto operation = operation_on(OperationKind::wait, id_, where);
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        if (recorder().blocking().holder(mutex.id()) != this_thread()) {
            fail({FindingKind::invariant, "a thread that waits holds the mutex"});
        }
        // 0: it fails to wait, as a weak CAS does to store.
        operation.spurious = recorder().thread >= 0 && recorder().wake_ups() < wake_ups_max &&
                             rl::ctx().rand(2, rl::sched_type_cas_fail) == 0;
        const Untracked scope;
        if (!operation.spurious) recorder().blocking().wait(id_, this_thread());
    });
    if (operation.spurious) ++recorder().wake_ups();
    mutex.unlock(where);
    if (operation.spurious) {
        mutex.lock(where);
        return true;
    }
    if (!has_deadline) {
        mutex.lock_again(id_, where);
        return true;
    }
    const bool in_time = end_wait(where);
    mutex.lock(where);
    return in_time;
}

bool ConditionVariable::end_wait(source where) {
    auto operation = operation_on(OperationKind::end_wait, id_, where);
    raise_if_due();
    const bool is_free = recorder().time_outs() < time_outs_free || recorder().thread < 0;
    Needs needs;
    if (is_free) {
        recorder().announce(operation);
    } else {
        needs.notified_by = id_;
        needs.or_nothing_else = true;
        recorder().announce(operation, {search::AccessKind::await, id_, no_id}, needs);
    }
    when_able(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        operation.failed = recorder().blocking().leave(id_, this_thread());
        if (!operation.failed || is_free) return;
        // The time has passed because nobody could do anything: it comes after all that they have done.
        for (unsigned other = 0; other < recorder().threads; ++other) {
            recorder().execution->follow(this_thread(), static_cast<int>(other));
        }
    });
    if (operation.failed && ++recorder().time_outs() > time_outs_max) {
        fail({FindingKind::livelock, "a thread waits until its time is out, again and again"});
    }
    return !operation.failed;
}

void ConditionVariable::notify(OperationKind kind, source where) {
    auto operation = operation_on(kind, id_, where);
    std::array<int, program_threads_max> woken{};
    std::size_t count = 0;
    atomically(operation, [&](const rl::debug_info& info) {
        static_cast<void>(as<Life>(life_)(info).load());
        auto& blocking = recorder().blocking();
        auto waiting = blocking.waiting(id_);
        if (kind == OperationKind::notify_all) {
            for (; waiting != 0; --waiting) woken[count++] = blocking.wake(id_, 0);
        } else if (waiting != 0) {
            const auto chosen =
                waiting == 1 ? 0 : rl::ctx().rand(static_cast<unsigned>(waiting), rl::sched_type_user);
            woken[count++] = blocking.wake(id_, chosen);
            operation.after = static_cast<std::uint64_t>(woken[0]) + 1;  // for the gate: who it is
        }
    });
    if (recorder().thread < 0 || search::is_dropped(search::Rule::notification_is_followed)) return;
    for (std::size_t i = 0; i < count; ++i) recorder().execution->follow(woken[i], this_thread());
}

void ConditionVariable::notify_one(source where) { notify(OperationKind::notify_one, where); }
void ConditionVariable::notify_all(source where) { notify(OperationKind::notify_all, where); }

}  // namespace revenant::model::relacy::detail
