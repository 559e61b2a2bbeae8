// The part of Atomics that puts back what an execution has changed since a checkpoint.
#include "model/native/atomics.hpp"

namespace revenant::model::native {

void Atomics::save(std::size_t checkpoint) {
    notes_ = true;
    noted_ = 0;
    auto& mark = marks_.add(checkpoint);
    mark.log = log_.size();
    mark.own_before = own_before_.size();
    mark.additions = additions_.size();
    mark.formers = formers_.size();
    mark.sequential = sequential_;
    mark.pending_cas = pending_cas_;
    mark.fenced = fenced_;
}

void Atomics::resume(std::size_t checkpoint) {
    const auto& mark = marks_[checkpoint];
    noted_ = 0;
    while (log_.size() > mark.log) put_back(log_.take_last());
    own_before_.roll_back(mark.own_before, [&](int thread, const Own& before) {
        own_[static_cast<std::size_t>(thread)] = before;
    });
    additions_.resize(mark.additions);
    formers_.resize(mark.formers);
    sequential_ = mark.sequential;
    pending_cas_ = mark.pending_cas;
    fenced_ = mark.fenced;
    told_.clear();
}

void Atomics::put_back(const Undo& undo) {
    auto& location = locations_[undo.cell];
    switch (undo.what) {
        case Undo::What::step:
            location.count = undo.index;
            location.wrote[undo.thread] = undo.wrote;
            location.read[undo.thread] = undo.read;
            location.spurious_failures = undo.spurious_failures;
            location.changes = undo.changes;
            break;
        case Undo::What::seen: location.stores[undo.index].seen[undo.thread] = 0; break;
        case Undo::What::store: location.stores[undo.index] = stores_before_.take_last(); break;
        case Undo::What::whole:
            static_cast<Counts&>(location) = counts_before_.take_last();
            for (auto index = location.count; index > 0;) {
                location.stores[--index] = stores_before_.take_last();
            }
            break;
    }
}

void Atomics::note(int thread) {
    noted_ |= search::set_of(thread);
    own_before_.note(thread, own_[static_cast<std::size_t>(thread)]);
}

Atomics::Undo& Atomics::note(Undo::What what, const Location& location, std::size_t index) {
    auto& undo = log_.add();
    undo.what = what;
    undo.thread = static_cast<std::uint8_t>(machine().current());
    undo.cell = static_cast<CellId>(&location - locations_.data());
    undo.index = static_cast<std::uint32_t>(index);
    return undo;
}

void Atomics::note_step(const Location& location) {
    auto& undo = note(Undo::What::step, location, location.count);
    undo.wrote = location.wrote[undo.thread];
    undo.read = location.read[undo.thread];
    undo.spurious_failures = location.spurious_failures;
    undo.changes = location.changes;
}

void Atomics::note_store(const Location& location, std::size_t index) {
    if (!notes_) return;
    note(Undo::What::store, location, index);
    stores_before_.add() = location.stores[index];
}

void Atomics::note_whole(const Location& location) {
    note(Undo::What::whole, location, 0);
    for (std::size_t index = 0; index < location.count; ++index) {
        stores_before_.add() = location.stores[index];
    }
    counts_before_.add() = location;
}

}  // namespace revenant::model::native
