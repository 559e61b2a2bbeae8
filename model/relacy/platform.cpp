#include "model/relacy/platform.hpp"

#include "model/relacy/steps.hpp"

namespace revenant::model::relacy {

void detail::violated(FindingKind kind, const char* text) { fail({kind, text}); }

void relacy_platform::fence(order o, source where) {
    auto operation = operation_on(OperationKind::fence, no_id, where);
    operation.order = o.order;
    atomically(operation, [&](const rl::debug_info& info) {
        rl::atomic_thread_fence(relacy_order(operation.order), info);
    });
}

// More rounds than any thread needs of which each was woken by a change.
constexpr unsigned rounds_max = 200;

void relacy_platform::yield(source where) {
    raise_if_due();
    if (recorder().thread < 0) return;
    auto operation = operation_on(OperationKind::yield, recorder().waits_for(), where);
    recorder().announce(operation);
    auto& context = rl::ctx();
    if (recorder().visible_points) {
        context.sched();
        // What the thread has seen before the wait it does not see again after it, where there is newer.
        context.threadx_->last_yield_ = context.threadx_->own_acq_rel_order_;
    } else {
        context.yield(1, here(where));  // Relacy's own: everybody else takes a step first
    }
    step_done(operation);
    if (recorder().next_round() > rounds_max && recorder().visible_points) {
        fail({FindingKind::livelock, "threads wait for each other in turns"});
    }
}

unsigned relacy_platform::this_thread_id() {
    return recorder().thread < 0 ? 0 : static_cast<unsigned>(recorder().thread) + 1;
}

void relacy_platform::calls(const char* name) {
    refuse_while_looking();
    recorder().calls(name);
}

bool relacy_platform::holds_a_mutex() { return recorder().locks_held() > 0; }

search::Moment relacy_platform::now() { return recorder().execution->now(recorder().thread); }

bool relacy_platform::is_over(const Moment& moment) {
    return recorder().execution->is_over(moment, recorder().thread);
}

}  // namespace revenant::model::relacy
