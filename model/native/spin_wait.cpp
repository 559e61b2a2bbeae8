// The part of Spin that makes a thread wait.
#include "model/native/atomics.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin.hpp"
#include "model/native/sync.hpp"

namespace revenant::model::native {

void wait_if_spinning(std::uintptr_t place, const void* frame) {
    auto& all = machine();
    if (frame == nullptr || !spin().goes_round(all.current(), place, frame)) return;
    const search::Access access{search::AccessKind::await, spin().waits_for(all.current()), no_id};
    const auto address = access.cell == no_id ? 0 : all.objects.all()[access.cell].address;
    all.self().deadline = no_deadline;
    all.announce(
        OperationKind::yield, access, address, place,
        [](const Thread& thread) {
            return thread.timed_out || spin().may_go_on(machine().number_of(thread));
        },
        spin().is_idle(all.current()));
    if (all.self().timed_out) spin().goes_on_alone(all.current());
    all.take(access);
    if (all.recorder != nullptr) {
        const auto kind = address == 0 ? ObjectKind::atomic : all.objects.all()[access.cell].kind;
        all.recorder->awaited(address, kind, place);
    }
}

bool has_changed(CellId cell, std::uint32_t seen, int thread) {
    if (machine().objects.all()[cell].kind != ObjectKind::mutex) return atomics().changes_of(cell) != seen;
    return seen == saw_it_held ? sync().is_free(cell) : sync().changes_of(cell, thread) != seen;
}

}  // namespace revenant::model::native
