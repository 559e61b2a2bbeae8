// The part of Spin that makes a thread wait.
#include "model/native/spin_wait.hpp"
#include "model/native/recorder.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

namespace {

bool may_go_on(const Thread& thread) {
    return thread.timed_out || spin().may_go_on(machine().number_of(thread));
}

bool an_atomic_has_changed(const Thread& thread) {
    return thread.timed_out || spin().has_read_what_changed(machine().number_of(thread));
}

bool never(const Thread&) { return false; }

// Whether the round is one read, and nobody has taken a step since.
bool is_of_last_step() {
    const auto& all = machine();
    const auto& execution = all.strategy->execution;
    if (execution.position() == 0 || !spin().has_read_once(all.current())) return false;
    const auto& last = execution.events()[execution.position() - 1];
    return last.thread == all.current() && last.access.kind == search::AccessKind::read;
}

}  // namespace

void Spin::left_error(int number, int error, std::uintptr_t place) {
    if (threads_[static_cast<std::size_t>(number)].error == error) return;
    auto& own = thread(number);
    own.error = error;
    std::erase_if(own.places, [&](const Place& known) { return known.asked.place != place; });
}

void look_at_access(std::uintptr_t address, std::size_t size, bool is_write) {
    constexpr std::size_t looked_at_max = 64;
    const auto& all = machine();
    if (!all.strategy->spin_assume()) return;
    const auto& own = all.known_thread(all.current());
    const auto is_made_up_for = [&](Tick released_at) {
        const Span since{all.current(), released_at + 1, own.happened[all.current()]};
        for (auto byte = address; size <= looked_at_max && byte != address + size; ++byte) {
            if (!all.shadow.was_touched(byte, 1, !is_write, since)) return false;
        }
        return size <= looked_at_max;
    };
    if (!is_made_up_for(own.released_at)) spin().did_more(all.current(), is_made_up_for);
}

bool is_left_behind(const Thread& thread) {
    return thread.state == Thread::State::waiting && thread.able == never &&
           spin().has_read_what_changed(machine().number_of(thread));
}

bool may_look_again(const Thread& thread) {
    return thread.state == Thread::State::waiting &&
           (thread.able == never || thread.able == an_atomic_has_changed) &&
           spin().may_go_on(machine().number_of(thread));
}

void wait_if_spinning(const Asked& asked, const void* frame, Repeated repeated) {
    auto& all = machine();
    if (frame == nullptr) return;
    const bool has_waited = repeated == Repeated::at_await;
    const auto round = has_waited ? Spin::Round::unchanged : spin().goes_round(all.current(), asked, frame);
    if (round == Spin::Round::none) return;
    const bool has_only_read =
        !has_waited && all.strategy->spin_assume() && spin().has_only_read(all.current(), asked.cell);
    const bool is_assumption = has_only_read && !all.has_clock();
    const bool waits_for_atomics = has_only_read && !spin().has_read_what_changed(all.current());
    if (round == Spin::Round::over && !is_assumption && !waits_for_atomics) return;
    if (is_assumption && is_of_last_step() && all.strategy->leaves_out_round()) all.end_execution();
    const search::Access access{search::AccessKind::await, spin().waits_for(all.current()), no_id};
    const auto address = access.cell == no_id ? 0 : all.objects.all()[access.cell].address;
    if (!has_waited) {
        all.self().deadline = no_deadline;
        auto* const able = is_assumption ? never : waits_for_atomics ? an_atomic_has_changed : may_go_on;
        all.announce(OperationKind::yield, access, address, asked.place, able,
                     spin().may_come_last(all.current()));
    }
    if (all.self().timed_out) spin().goes_on_alone(all.current());
    all.take(access);
    if (all.recorder != nullptr) {
        const auto kind = address == 0 ? ObjectKind::atomic : all.objects.all()[access.cell].kind;
        all.recorder->awaited(address, kind, asked.place);
    }
}

void wait_if_yielding() {
    auto& all = machine();
    if (!spin().yields_in_vain(all.current())) return;
    all.do_what_cannot_be_put_back();
    const search::Access access{search::AccessKind::await, no_id, no_id};
    const auto others_have_changed = [](const Thread& thread) {
        return thread.timed_out || spin().others_have_changed(machine().number_of(thread));
    };
    all.self().deadline = no_deadline;
    all.announce(OperationKind::yield, access, 0, all.self().place, others_have_changed, true);
    if (all.self().timed_out) spin().goes_on_alone(all.current());
    all.take(access);
    if (all.recorder != nullptr) all.recorder->awaited(0, ObjectKind::atomic, all.self().place);
}

bool has_changed(const Spin::Read& read, int thread) {
    const auto now = [&] {
        const bool was_held = read.seen == Spin::Seen::held;
        if (read.seen == Spin::Seen::queue) return sync().movements_of(read.cell);
        switch (machine().objects.all()[read.cell].kind) {
            case ObjectKind::mutex:
                return was_held ? sync().releases_of(read.cell) : sync().changes_of(read.cell, thread);
            case ObjectKind::semaphore: return sync().value_changes_of(read.cell);
            case ObjectKind::rwlock: return sync().share_releases_of(read.cell);
            default: return machine().changes_of(read.cell);
        }
    };
    return now() != read.changes;
}

}  // namespace revenant::model::native
