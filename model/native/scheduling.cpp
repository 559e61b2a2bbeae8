#include "model/native/scheduling.hpp"

#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

[[noreturn]] void refuse() {
    machine().not_modelled("a thread's processors or priority, which another one changes at the same time");
}

void add_own(VectorClock& to) {
    const auto& all = machine();
    to[all.current()] = all.known_thread(all.current()).happened[all.current()];
}

}  // namespace

constinit Scheduling the_scheduling;

void Scheduling::begin() {
    if (is_used_) threads_ = {};
    is_used_ = false;
}

void Scheduling::started(int thread, int maker) {
    if (!is_used_) return;
    auto& made = threads_[static_cast<std::size_t>(thread)];
    made = threads_[static_cast<std::size_t>(maker)];
    made.questions = {};
    if ((made.policy & SCHED_RESET_ON_FORK) == 0) return;
    made.policy = SCHED_OTHER;
    made.priority = 0;
}

const Scheduling::Of& Scheduling::asked(int thread) {
    auto& all = machine();
    is_used_ = true;
    auto& of = threads_[static_cast<std::size_t>(thread)];
    const bool is_own = thread == all.current();
    if (of.is_disputed || !all.self().happened.covers_all(of.changes)) refuse();
    if (is_own && of.was_changed) all.alike.asks_for_its_name();
    if (!is_own) all.alike.joined(thread, true);
    add_own(of.questions);
    return of;
}

Scheduling::Of& Scheduling::changed(int thread) {
    auto& all = machine();
    is_used_ = true;
    auto& of = threads_[static_cast<std::size_t>(thread)];
    const auto& knows = all.self().happened;
    if (!knows.covers_all(of.questions)) refuse();
    of.is_disputed = !knows.covers_all(of.changes);
    of.was_changed = true;
    add_own(of.changes);
    return of;
}

}  // namespace revenant::model::native
