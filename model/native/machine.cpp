#include "model/native/machine.hpp"

#include <algorithm>
#include <utility>

#include "model/native/annotations.hpp"
#include "model/native/atomics.hpp"
#include "model/native/points.hpp"
#include "model/native/recorder.hpp"
#include "model/native/scheduling.hpp"
#include "model/native/signals.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

using search::Access;
using search::AccessKind;

namespace {

constexpr unsigned steps_per_look = 256;  // at the time of whoever explores the program

}  // namespace

constinit Everlasting<Machine> the_machine;

void Machine::prepare(const std::vector<void*>& lenders) {
    for (std::size_t i = 0; i < threads_max; ++i) runners_[i].fiber.thread_pointer = lenders[i];
}

// From nothing.
void Machine::begin() {
    strategy->execution.begin(strategy->kept());
    strategy->begin();
    shadow.begin();
    stack_lives.begin();
    heap.begin();
    atomics().begin();
    sync().begin();
    objects.begin();
    alike.begin();
    spin().begin();
    points().begin();
    annotations().begin();
    choices_.clear();
    checkpoints_.shorten(0);
    threads_before_.clear();
    fences_before_.clear();
    noted_ = all_threads;
    noted_fences_ = all_threads;
    prefix_.begin();
    repeats_ = false;
    for (auto& thread : threads_) thread.state = Thread::State::none;
    made_ = 0;
    again_ = 0;
    running_ = nobody;
    steps_left_ = steps_max;
    exit_status_ = 0;
    main_has_returned_ = false;
    has_stopped_ = has_exited_ = false;
}

End Machine::run(void* (*body)(void*), void* argument, search::Strategy& strategy_of_run,
                 const RunOptions& options_of_run) {
    strategy = &strategy_of_run;
    options = options_of_run;
    strategy->leaves_out_rounds = !Points::any();
    keeps_checkpoints_ = strategy->resumes() && recorder == nullptr && !Points::any() && !never_repeats_ &&
                         !options.from_the_beginning;
    end_ = End::well;
    failure_ = {};
    times_.clear();
    has_clock_ = false;
    stalled_after_ = 0;
    seen_accesses_ = 0;
    prepared_ = 0;
    signals().begin();
    scheduling().begin();
    if (!try_to_resume()) begin();
    if (recorder != nullptr) recorder->begin();
    if (repeats_) {
        prepare_fiber(0, body, argument);
    } else {
        static_cast<void>(spawn(body, argument));
    }
    current_ = 0;
    switch_to(engine_, runners_[0].fiber);
    current_ = nobody;
    Tick last = 0;
    for (unsigned i = 0; i < made_; ++i) {
        last = std::max(last, threads_[i].happened[static_cast<int>(i)]);
    }
    shadow.end(last + 1);
    return end_;
}

void Machine::give_way() {
    if (repeats_) {
        if (prefix_.has_turn()) return go_on_with(prefix_.turn());
        if (!prefix_.is_at_end()) stop_repeating();
        repeats_ = false;  // here the execution before was when the checkpoint was made
    }
    const int chosen = next();
    if (keeps_checkpoints_) prefix_.add_turn(chosen);
    go_on_with(chosen);
}

void Machine::go_on_with(int number) {
    if (number != current_) {
        if (number >= prepared_) stop_repeating();
        if (recorder != nullptr) recorder->parks();
        auto& from = runner();
        current_ = number;
        switch_to(from.fiber, runner().fiber);
    }
}

void Machine::leave() {
    if (recorder != nullptr) recorder->parks();
    switch_to(runner().fiber, engine_);
    __builtin_unreachable();
}

int Machine::next() {
    search::ThreadSet able = 0;
    for (unsigned i = 0; i < made_; ++i) {
        const auto& thread = threads_[i];
        if (thread.state == Thread::State::eager) {
            alike.turn();
            return static_cast<int>(i);
        }
        if (thread.state != Thread::State::waiting) continue;
        if (thread.able == nullptr || thread.able(thread)) able |= search::set_of(static_cast<int>(i));
    }
    if (keeps_checkpoints_) save_checkpoint(able);
    alike.turn();
    if (able == 0) able = rounds_pass();
    if (able == 0) able = time_passes();
    if (able == 0) nobody_is_able();
    if (steps_left_-- == 0) {
        end_ = End::too_long;
        leave();
    }
    if (steps_left_ % steps_per_look == 0) look_at_the_time();
    atomics().classify_pending();
    const auto blocked = strategy->blocked();
    strategy->gives_way = running_ != nobody && known_thread(running_).gives_way;
    const int chosen = strategy->next_thread(able, running_);
    if (strategy->blocked() != blocked) end_execution();  // what comes is known from another execution
    choices_.push_back({ChoiceKind::thread, static_cast<std::uint8_t>(chosen)});
    if (recorder != nullptr) recorder->chose();
    running_ = chosen;
    return chosen;
}

void Machine::announce(OperationKind kind, const Access& access, std::uintptr_t object, std::uintptr_t place,
                       bool (*able)(const Thread&), bool has_time_out) {
    auto& own = self();
    note_stack();
    spin().does_something_else(current_);
    alike.acts();
    seen_accesses_ += std::exchange(own.unseen, 0);
    if (access.kind != AccessKind::read && access.kind != AccessKind::await) atomics().did_more(current_);
    own.kind = kind;
    own.access = access;
    own.object = object;
    own.place = place;
    own.able = able;
    own.has_time_out = has_time_out;
    own.timed_out = false;
    own.state = Thread::State::waiting;
    strategy->execution.announce(current_, access);
    give_way();
    self().state = Thread::State::eager;
}

void Machine::take(const Access& access) {
    strategy->execution.perform(current_, access);
    if (has_clock_ && access.cell != no_id) hand_time_on(access.cell, access.kind);
    self().gives_way = false;
    tick_after(access.kind);
}

unsigned Machine::choose(ChoiceKind kind, unsigned count) {
    if (count < 2) return 0;
    unsigned value = 0;
    if (options.newest_only && kind != ChoiceKind::wake && kind != ChoiceKind::value) {
        value = kind == ChoiceKind::spurious_failure ? count - 1 : 0;
    } else {
        value = strategy->choose(kind, count);
    }
    choices_.push_back({kind, static_cast<std::uint8_t>(value)});
    if (recorder != nullptr) recorder->chose();
    return value;
}

void Machine::block(ObjectKind kind, std::uintptr_t object, std::uintptr_t place) {
    auto& own = self();
    note_stack();
    own.kind = OperationKind::yield;
    own.blocked_on = kind;
    own.object = object;
    own.place = place;
    own.state = Thread::State::blocked;
    give_way();
    self().state = Thread::State::eager;
}

void Machine::wake(int number) {
    auto& other = thread(number);
    other.state = Thread::State::eager;
    follow(number, current_);
}

void Machine::follow(int number, int other) {
    strategy->execution.follow(number, other);
    const auto time = known_thread(other).time;
    if (time > known_thread(number).time) thread(number).time = time;
}

}  // namespace revenant::model::native
