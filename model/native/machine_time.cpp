// The part of the machine that is about time.
//
// Each thread has a clock of its own, which goes on where it looks, sleeps, or waits until its time is out.
// What orders two threads' steps hands the time on, so that no clock is seen to run backwards; and so the
// time is the same in equivalent executions.
#include <algorithm>
#include <utility>

#include "model/native/machine.hpp"
#include "model/native/spin_wait.hpp"

namespace revenant::model::native {

using search::AccessKind;

namespace {

// A look takes a while, or a loop that ends by the clock would not. The more of them, the longer: a program
// that waits for an hour looks some hundred times.
constexpr Nanoseconds first_look = 1000;
constexpr unsigned looks_until_it_doubles = 16;
constexpr unsigned doublings_max = 30;

// A wait's time may be out at any moment: once for each thread, so that a loop which waits again ends; later
// only when nobody else can go on.
constexpr unsigned time_outs_max = 1;

// A look is a change, and a sleep is none: nobody can tell time but by a look.

}  // namespace

Nanoseconds Machine::look_at_the_clock() {
    auto& own = self();
    spin().changed(current_);
    alike.acts();
    has_clock_ = true;
    own.time += first_look << std::min(own.looks / looks_until_it_doubles, doublings_max);
    ++own.looks;
    return own.time;
}

void Machine::sleep_until(Nanoseconds time) {
    has_clock_ = true;
    self().time = std::max(self().time, time);
}

void Machine::hand_time_on(CellId cell, AccessKind kind) {
    if (!has_clock_ || search::is_wake(kind)) return;  // who is woken follows: no number has changed
    if (cell >= times_.size()) times_.resize(cell + std::size_t{64});
    auto& own = self().time;
    if (kind != AccessKind::add) own = std::max(own, times_[cell]);
    if (kind != AccessKind::read && kind != AccessKind::wait_if_equal)
        times_[cell] = std::max(own, times_[cell]);
}

bool Machine::time_may_be_out(const Thread& thread) {
    return thread.timed_out || thread.time_outs < time_outs_max || thread.deadline <= thread.time;
}

void Machine::time_is_out() {
    ++self().time_outs;
    sleep_until(self().deadline);
}

// Nobody can go on but by waiting until the time is out: whose is out first does. That comes after all that
// the others have done, as they would have gone on otherwise.
search::ThreadSet Machine::time_passes() {
    int first = nobody;
    for (int i = 0; i < static_cast<int>(made_); ++i) {
        const auto& candidate = known_thread(i);
        if (candidate.state != Thread::State::waiting || !candidate.has_time_out) continue;
        if (first == nobody || candidate.deadline < known_thread(first).deadline) first = i;
    }
    if (first == nobody) return 0;
    thread(first).timed_out = true;
    return comes_last(first);
}

bool Machine::is_alone() const {
    return std::all_of(threads_.begin(), threads_.begin() + made_, [&](const Thread& thread) {
        return &thread == &known_thread(current_) || thread.state == Thread::State::ended ||
               thread.state == Thread::State::stopped;
    });
}

search::ThreadSet Machine::comes_last(int number) {
    for (int i = 0; i < static_cast<int>(made_); ++i) {
        if (i != number) follow(number, i);
    }
    return search::set_of(number);
}

// Whoever has gone round in a loop and has only read is left behind. If it has read plain data as well,
// whether that has changed is known once all others have come to their ends.
search::ThreadSet Machine::rounds_pass() {
    const auto end = threads_.begin() + made_;
    if (std::any_of(threads_.begin(), end, is_left_behind)) end_with_pending();
    const auto again = std::find_if(threads_.begin(), end, may_look_again);
    return again == end ? 0 : comes_last(number_of(*again));
}

// A thread that waits for a plain variable to change takes no step, and nobody else would ever run. The
// others go on without it: whoever writes the variable then is in a race with it. What else there is to find
// is not known. Where there is nobody else, it does not wait, but works.
void Machine::stall() {
    auto& own = self();
    if (own.unseen_alone < unseen_alone_max && is_alone()) {
        own.unseen_alone += own.unseen;
        seen_accesses_ += std::exchange(own.unseen, 0);
        return look_at_the_time();
    }
    do_what_cannot_be_put_back();
    stalled_after_ = own.unseen;
    own.deadline = no_deadline;
    const search::Access none{};
    announce(
        OperationKind::yield, none, 0, own.place, [](const Thread& thread) { return thread.timed_out; },
        true);
    end_ = End::too_long;
    leave();
}

}  // namespace revenant::model::native
