#include "model/native/machine.hpp"

#include <algorithm>
#include <cstring>

#include "model/native/annotations.hpp"
#include "model/native/atomics.hpp"
#include "model/native/layout.hpp"
#include "model/native/points.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

using search::Access;
using search::AccessKind;

namespace {

constexpr Nanoseconds time_at_first = 1'000'000'000;

}  // namespace

constinit Everlasting<Machine> the_machine;

void Machine::prepare(const std::vector<void*>& lenders) {
    for (int i = 0; i < threads_max; ++i) {
        thread(i).fiber.thread_pointer = lenders[static_cast<std::size_t>(i)];
    }
}

End Machine::run(void* (*body)(void*), void* argument, search::Strategy& strategy_of_run,
                 const RunOptions& options_of_run) {
    strategy = &strategy_of_run;
    options = options_of_run;
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
    for (auto& thread : threads_) thread.state = Thread::State::none;
    made_ = 0;
    running_ = nobody;
    steps_left_ = steps_max;
    end_ = End::well;
    failure_ = {};
    exit_status_ = 0;
    main_has_returned_ = false;
    times_.clear();
    has_clock_ = false;
    has_stalled_ = false;
    has_stopped_ = false;
    if (recorder != nullptr) recorder->begin();
    static_cast<void>(spawn(body, argument));
    engine_.thread_pointer = thread_pointer();
    current_ = 0;
    switch_to(engine_, thread(0).fiber);
    current_ = nobody;
    Tick last = 0;
    for (unsigned i = 0; i < made_; ++i) {
        last = std::max(last, threads_[i].happened[static_cast<int>(i)]);
    }
    shadow.end(last + 1);
    return end_;
}

int Machine::spawn(void* (*start)(void*), void* argument, bool detached) {
    if (made_ == program_threads_max) return nobody;  // a schedule has a digit for each
    const int number = static_cast<int>(made_++);
    auto& made = thread(number);
    const auto fiber = made.fiber;
    made = {};
    made.fiber = fiber;
    made.state = Thread::State::eager;
    made.start = start;
    made.argument = argument;
    made.detached = detached;
    if (current_ >= 0) {
        made.happened = self().happened;
        made.seen_by_fence = self().seen_by_fence;
        follow(number, current_);
        tick();
    } else {
        made.happened[0] = shadow.base();
        made.time = time_at_first;
    }
    made.happened[number] = shadow.base() + 1;
    auto& used = stack_used_[static_cast<std::size_t>(number)];
    const auto end = stack_of(number) + stack_size;
    if (used != 0) std::memset(reinterpret_cast<void*>(used), 0, end - used);
    used = end;
    native::prepare(made.fiber, reinterpret_cast<void*>(end), run_thread);
    alike.started(number, detached);
    return number;
}

// What an execution leaves on a stack, the next one must not find: it would differ from when it is repeated.
void Machine::note_stack() {
    constexpr std::uintptr_t red_zone_and_more = 2048;
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - red_zone_and_more;
    auto& used = stack_used_[static_cast<std::size_t>(current_)];
    if (here < used) used = std::max(here, stack_of(current_) + stack_guard_size);
}

// The first function of each fiber. No exception passes it: the unwinder finds the end of the stack.
void Machine::run_thread() {
    auto& all = machine();
    auto& own = all.self();
    all.end_thread(own.start(own.argument));
}

void Machine::end_thread(void* result) {
    auto& own = self();
    while (!own.at_end.empty()) {
        const auto [destroy, object] = own.at_end.back();
        own.at_end.pop_back();
        destroy(object);
    }
    sync().run_key_destructors(current_);
    const auto used = stack_lives.end(current_, own.happened);
    if (used != 0 && options.unordered_destroys_fail) {
        fail({FindingKind::invariant, "nobody uses a thread's stack when it may have ended", used, 1, -1});
    }
    own.result = result;
    own.state = Thread::State::ended;
    if (own.joiner != nobody) wake(own.joiner);
    while (true) go_on_with(next());  // nobody comes back to a thread that has ended
}

void Machine::stop_thread() {
    note_stack();
    has_stopped_ = true;
    self().state = Thread::State::stopped;
    while (true) go_on_with(next());  // nobody comes back to it
}

void Machine::go_on_with(int number) {
    if (number == current_) return;
    auto& from = self();
    current_ = number;
    switch_to(from.fiber, self().fiber);
}

void Machine::leave() {
    auto& from = self();
    switch_to(from.fiber, engine_);
    __builtin_unreachable();
}

int Machine::next() {
    alike.turn();
    search::ThreadSet able = 0;
    for (unsigned i = 0; i < made_; ++i) {
        const auto& thread = threads_[i];
        if (thread.state == Thread::State::eager) return static_cast<int>(i);
        if (thread.state != Thread::State::waiting) continue;
        if (thread.able == nullptr || thread.able(thread)) able |= search::set_of(static_cast<int>(i));
    }
    if (able == 0) able = time_passes();
    if (able == 0) nobody_is_able();
    if (steps_left_-- == 0) {
        end_ = End::too_long;
        leave();
    }
    atomics().classify_pending();
    const auto blocked = strategy->blocked();
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
    own.unseen = 0;
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
    go_on_with(next());
    own.state = Thread::State::eager;
}

void Machine::take(const Access& access) {
    strategy->execution.perform(current_, access);
    if (has_clock_ && access.cell != no_id) hand_time_on(access.cell, access.kind);
    tick();
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

void Machine::block(OperationKind kind, std::uintptr_t object, std::uintptr_t place) {
    auto& own = self();
    note_stack();
    own.kind = kind;
    own.object = object;
    own.place = place;
    own.state = Thread::State::blocked;
    go_on_with(next());
    own.state = Thread::State::eager;
}

void Machine::wake(int number) {
    auto& other = thread(number);
    other.state = Thread::State::eager;
    follow(number, current_);
}

void Machine::follow(int number, int other) {
    strategy->execution.follow(number, other);
    thread(number).time = std::max(thread(number).time, thread(other).time);
}

}  // namespace revenant::model::native
