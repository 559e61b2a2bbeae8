// How an execution ends: well, with a finding, or with what is not understood.
#include <string>
#include <utility>

#include "model/native/calls.hpp"
#include "model/native/leaks.hpp"
#include "model/native/machine.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

using search::AccessKind;

void Machine::main_returned(int exit_status) {
    if (repeats_) return;
    exit_status_ = exit_status;
    main_has_returned_ = true;
}

// The other threads may have done whatever they can before that, so that they go on without this one.
void Machine::end_program() {
    if (!repeats_) {
        note_stack();
        alike.ends();
        main_has_returned_ = true;
        has_exited_ = true;
        self().state = Thread::State::stopped;
    }
    while (true) give_way();  // nobody comes back to it
}

void Machine::end_execution() {
    if (repeats_) stop_repeating();
    end_ = stalled_after_ != 0 ? End::too_long : End::well;
    leave();
}

// Outside of the execution, whose clock is another one.
void Machine::look_at_the_time() {
    if (options.is_over == nullptr) return;
    const int own = std::exchange(current_, nobody);
    const bool is_over = options.is_over(options.search);
    current_ = own;
    if (!is_over) return;
    end_ = End::out_of_time;
    leave();
}

void Machine::fail(Failure failure) {
    if (repeats_) stop_repeating();
    end_ = End::failed;
    failure_ = std::move(failure);
    failure_.thread = current_;
    leave();
}

void Machine::not_modelled(std::string what, std::uintptr_t interrupted) {
    if (repeats_) stop_repeating();
    end_ = End::not_modelled;
    failure_ = {};
    failure_.text = std::move(what);
    failure_.thread = current_;
    failure_.calls = calls_of_the_program();
    // As a call that returns behind it: else its line might be that of the instruction before.
    for (auto& call : failure_.calls) call += call == interrupted ? 1 : 0;
    leave();
}

// Whoever waits might have come before the step that makes it wait; but not who waits for a change, as
// without the change it would wait as well.
void Machine::look_at_waiting() {
    for (unsigned i = 0; i < made_; ++i) {
        const auto& thread = threads_[i];
        const bool waits = thread.state == Thread::State::waiting && thread.access.kind != AccessKind::await;
        if (waits) strategy->execution.look_at_pending(static_cast<int>(i));
    }
}

void Machine::end_with_pending() {
    look_at_waiting();
    strategy->cut_short();
    end_execution();
}

// When main has returned the process would end, and who waits for work then is not missed. But that threads
// have taken mutexes in a circle is wrong whoever ends first.
bool Machine::waits_in_a_circle(int number) const {
    for (unsigned mutexes = 0; mutexes < made_; ++mutexes) {
        const auto& waiting = threads_[static_cast<std::size_t>(number)];
        const bool waits = waiting.state == Thread::State::waiting && waiting.access.kind == AccessKind::lock;
        if (!waits) return false;
        number = sync().known_mutex(waiting.access.cell).holder;
        if (number == nobody) return false;
    }
    return true;  // each of them, and so a circle
}

// All have ended, or those that have not wait for each other.
void Machine::nobody_is_able() {
    bool all_ended = true;
    bool is_circle = false;
    for (unsigned i = 0; i < made_; ++i) {
        all_ended = all_ended && threads_[i].state == Thread::State::ended;
        is_circle = is_circle || waits_in_a_circle(static_cast<int>(i));
    }
    if (has_stopped_ && !all_ended) end_with_pending();
    bool goes_round = false;
    bool is_bounded = false;
    for (unsigned i = 0; i < made_; ++i) {
        const auto& thread = threads_[i];
        if (thread.state != Thread::State::waiting || thread.access.kind != AccessKind::await) continue;
        goes_round = true;
        is_bounded = is_bounded || spin().is_bounded(static_cast<int>(i));
    }
    if (is_bounded) end_with_pending();  // one round more might be the last
    if (goes_round && (has_exited_ || is_allowed(FindingKind::livelock))) end_with_pending();
    if (goes_round) fail({FindingKind::livelock, "threads wait for what nobody will do", 0, 0, -1});
    if (!all_ended && (!main_has_returned_ || is_circle)) fail({FindingKind::deadlock, {}, 0, 0, -1});
    if (exit_status_ != 0) {
        fail({FindingKind::assertion, "main returns " + std::to_string(exit_status_), 0, 0, -1});
    }
    const bool leaks_pass = options.leaks_pass || is_allowed(FindingKind::leak);
    if (heap.live() != 0 && !has_exited_ && !leaks_pass) {
        if (const auto block = leaked_block(heap); block >= 0) {
            fail({FindingKind::leak, {}, 0, 0, block});
        }
    }
    if (!all_ended) look_at_waiting();  // main has returned, and nobody waits for them
    end_execution();
}

void Machine::end_thread(void* result) {
    if (repeats_) {
        while (true) give_way();
    }
    note_stack();
    auto& at_end = runner().at_end;
    while (!at_end.empty()) {
        const auto [destroy, object] = at_end.back();
        at_end.pop_back();
        destroy(object);
    }
    sync().run_key_destructors(current_);
    alike.ends();
    auto& own = self();
    if (const auto held = sync().held_within(stack_of(current_), stack_size, current_); held != 0) {
        fail({FindingKind::invariant, no_held_mutex_dies, held, 1, -1});
    }
    const auto used = stack_lives.end(current_, own.happened);
    if (used != 0 && options.unordered_destroys_fail) {
        fail({FindingKind::invariant, "nobody uses a thread's stack when it may have ended", used, 1, -1});
    }
    own.result = result;
    own.state = Thread::State::ended;
    if (own.joiner != nobody) wake(own.joiner);
    while (true) give_way();  // nobody comes back to a thread that has ended
}

void Machine::stop_thread() {
    if (!repeats_) {
        note_stack();
        has_stopped_ = true;
        self().state = Thread::State::stopped;
    }
    while (true) give_way();  // nobody comes back to it
}

}  // namespace revenant::model::native
