// How threads begin.
//
// There are program_threads_max numbers. When all are taken, a new thread gets that of one that has ended and
// been joined, if who starts the new one comes after that. Then the two are in order like one thread that
// goes on, and that is what they are to everybody who tells what comes before what.
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "model/native/atomics.hpp"
#include "model/native/engine.hpp"
#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/scheduling.hpp"
#include "model/native/segments.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"
#include "model/native/times.hpp"

namespace revenant::model::native {
namespace {

constexpr auto all_of_memory = std::numeric_limits<std::size_t>::max();

}  // namespace

int Machine::number_for_another() {
    if (made_ < program_threads_max) return static_cast<int>(made_++);
    // In turn: a stack that is nobody's any more stays so for long, and who still uses it is found.
    const auto others = static_cast<int>(made_) - 1;
    for (int i = 0; i < others; ++i) {
        const int number = 1 + (again_ + i) % others;
        const auto& before = known_thread(number);
        const bool is_over = before.state == Thread::State::ended && before.joined;
        const bool comes_before = self().happened.covers(number, before.happened[number]);
        if (!is_over || !comes_before || sync().held_within(0, all_of_memory, number) != 0) continue;
        return again_ = number;
    }
    return nobody;
}

int Machine::spawn(void* (*start)(void*), void* argument, bool detached) {
    const auto made_before = static_cast<int>(made_);
    const int number = number_for_another();
    if (number == nobody) return nobody;
    const bool is_again = number < made_before;
    const Tick last = is_again ? known_thread(number).happened[number] : shadow.base();
    auto& made = thread(number) = {};
    made.state = Thread::State::eager;
    made.detached = detached;
    if (is_again) note_fences(number);  // else nobody had them before
    auto& fences = fences_[static_cast<std::size_t>(number)];
    fences = {};
    if (current_ >= 0) {
        made.happened = self().happened;
        made.blocked_signals = self().blocked_signals;
        scheduling().started(number, current_);
        seen_accesses_ += std::exchange(self().unseen, 0);
        fences.seen = fences_of(current_).seen;
        follow(number, current_);
        tick();
    } else {
        made.happened[0] = shadow.base();
        made.time = time_at_first;
    }
    made.happened[number] = last + 1;
    made.released_at = last;
    prepare_fiber(number, start, argument);
    if (is_again) {
        begin_again(number);
    } else {
        alike.started(number, detached);
    }
    return number;
}

// What is a thread's own, and not of those who come after it.
void Machine::begin_again(int number) {
    stack_lives.begin_again(number);
    alike.started_again(number);
    atomics().did_more(number);
    spin().does_something_else(number);
    spin().changed(number);
}

// Of threads that begin as they did in the execution before it is not noted again how far their stacks go.
void Machine::prepare_fiber(int number, void* (*start)(void*), void* argument) {
    const bool is_again = number < prepared_;
    auto& runner = runners_[static_cast<std::size_t>(number)];
    runner.start = start;
    runner.argument = argument;
    const auto end = stack_of(number) + stack_size;
    if (runner.stack_used != 0) {
        std::memset(reinterpret_cast<void*>(runner.stack_used), 0, end - runner.stack_used);
    }
    if (!repeats_) {
        if (!is_again) runner.stack_used = end;
        runner.calls.clear();
    }
    if (is_again) {
        program_segments().put_back_thread(static_cast<unsigned>(number));
        sync().forget_key_values(number);
    } else {
        prepared_ = number + 1;
    }
    runner.at_end.clear();
    runner.polled = 0;
    native::prepare(runner.fiber, reinterpret_cast<void*>(end), run_thread);
}

// What an execution leaves on a stack, the next one must not find: it would differ from when it is repeated.
void Machine::note_stack() {
    constexpr std::uintptr_t red_zone_and_more = 2048;
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - red_zone_and_more;
    auto& used = runner().stack_used;
    if (here < used) used = std::max(here, stack_of(current_) + stack_guard_size);
}

// The first function of each fiber. No exception passes it: the unwinder finds the end of the stack.
void Machine::run_thread() {
    auto& all = machine();
    const auto& own = all.runner();
    // Nobody puts back what the execution before has left there.
    errno_of(own.fiber.thread_pointer) = 0;
    all.end_thread(own.start(own.argument));
}

}  // namespace revenant::model::native
