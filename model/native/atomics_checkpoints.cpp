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
    sequential_ = mark.sequential;
    pending_cas_ = mark.pending_cas;
    fenced_ = mark.fenced;
}

void Atomics::put_back(const Change& change) {
    auto& location = locations_[change.cell];
    switch (change.what) {
        case Change::What::step:
            location.count = change.index;
            location.wrote[change.thread] = change.wrote;
            location.read[change.thread] = change.read;
            location.spurious_failures = change.spurious_failures;
            location.changes = change.changes;
            break;
        case Change::What::seen: location.stores[change.index].seen[change.thread] = 0; break;
        case Change::What::store: location.stores[change.index] = stores_before_.take_last(); break;
        case Change::What::whole:
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

Atomics::Change& Atomics::note(Change::What what, const Location& location, std::size_t index) {
    auto& change = log_.add();
    change.what = what;
    change.thread = static_cast<std::uint8_t>(machine().current());
    change.cell = static_cast<CellId>(&location - locations_.data());
    change.index = static_cast<std::uint32_t>(index);
    return change;
}

void Atomics::note_step(const Location& location) {
    auto& change = note(Change::What::step, location, location.count);
    change.wrote = location.wrote[change.thread];
    change.read = location.read[change.thread];
    change.spurious_failures = location.spurious_failures;
    change.changes = location.changes;
}

void Atomics::note_store(const Location& location, std::size_t index) {
    if (!notes_) return;
    note(Change::What::store, location, index);
    stores_before_.add() = location.stores[index];
}

void Atomics::note_whole(const Location& location) {
    note(Change::What::whole, location, 0);
    for (std::size_t index = 0; index < location.count; ++index) {
        stores_before_.add() = location.stores[index];
    }
    counts_before_.add() = location;
}

}  // namespace revenant::model::native
