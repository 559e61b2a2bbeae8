// The part of Spin that makes a thread wait.
#include "model/native/recorder.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

void wait_if_spinning(std::uintptr_t place, const void* frame, Repeated repeated) {
    auto& all = machine();
    const bool has_waited = repeated == Repeated::at_await;
    if (frame == nullptr || (!has_waited && !spin().goes_round(all.current(), place, frame))) return;
    const search::Access access{search::AccessKind::await, spin().waits_for(all.current()), no_id};
    const auto address = access.cell == no_id ? 0 : all.objects.all()[access.cell].address;
    if (!has_waited) {
        all.self().deadline = no_deadline;
        all.announce(
            OperationKind::yield, access, address, place,
            [](const Thread& thread) {
                return thread.timed_out || spin().may_go_on(machine().number_of(thread));
            },
            spin().is_idle(all.current()));
    }
    if (all.self().timed_out) spin().goes_on_alone(all.current());
    all.take(access);
    if (all.recorder != nullptr) {
        const auto kind = address == 0 ? ObjectKind::atomic : all.objects.all()[access.cell].kind;
        all.recorder->awaited(address, kind, place);
    }
}

bool has_changed(const Spin::Read& read, int thread) {
    const bool is_mutex = machine().objects.all()[read.cell].kind == ObjectKind::mutex;
    if (!is_mutex) return machine().changes_of(read.cell) != read.changes;
    const auto now = read.was_held ? sync().releases_of(read.cell) : sync().changes_of(read.cell, thread);
    return now != read.changes;
}

}  // namespace revenant::model::native
