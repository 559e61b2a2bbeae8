#include "model/native/points.hpp"

#include <link.h>

#include <algorithm>

#include "model/native/atomics.hpp"
#include "model/native/export.hpp"
#include "model/native/layout.hpp"
#include "model/native/machine.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin_wait.hpp"

namespace revenant::model::native {
namespace {

// Where the program was loaded: the first module of all.
std::uintptr_t load_base() {
    static const std::uintptr_t base = [] {
        std::uintptr_t found = 0;
        const auto first = [](dl_phdr_info* info, std::size_t, void* to) {
            *static_cast<std::uintptr_t*>(to) = info->dlpi_addr;
            return 1;
        };
        dl_iterate_phdr(first, &found);
        return found;
    }();
    return base;
}

}  // namespace

Points& points() {
    static Points& instance = *new Points;
    return instance;
}

std::uint64_t offset_of(std::uintptr_t place) { return place - load_base(); }
std::uintptr_t place_of(std::uint64_t offset) { return offset + load_base(); }

void Points::set(const std::vector<std::uint64_t>& offsets) {
    places_.clear();
    filter_ = 0;
    for (const auto offset : offsets) {
        places_.push_back(offset + load_base());
        filter_ |= std::uint64_t{1} << (places_.back() % 64);
    }
}

void Points::begin() {
    bytes_.clear();
    changes_.clear();
}

bool Points::is_listed(std::uintptr_t place) {
    const auto& all = points().places_;
    return std::find(all.begin(), all.end(), place) != all.end();
}

void Points::accessed(std::uintptr_t address, std::size_t size, bool is_write, int thread,
                      const VectorClock& clock) {
    auto known = std::find_if(bytes_.begin(), bytes_.end(), [&](const Bytes& bytes) {
        return bytes.address == address && bytes.size == size;
    });
    if (known == bytes_.end()) known = bytes_.insert(bytes_.end(), {address, size, {}, {}});
    (is_write ? known->wrote : known->read)[thread] = clock[thread];
}

bool Points::is_race(std::uintptr_t address, std::size_t size, bool is_write,
                     const VectorClock& clock) const {
    return std::any_of(bytes_.begin(), bytes_.end(), [&](const Bytes& bytes) {
        if (address + size <= bytes.address || bytes.address + bytes.size <= address) return false;
        return !clock.covers_all(bytes.wrote) || (is_write && !clock.covers_all(bytes.read));
    });
}

void Points::changed(CellId cell) {
    if (cell >= changes_.size()) changes_.resize(cell + std::size_t{64});
    ++changes_[cell];
}

void access_at_point(std::uintptr_t address, std::size_t size, bool is_write, std::uintptr_t place) {
    using search::AccessKind;
    auto& all = machine();
    const auto cell = all.objects.number(address, ObjectKind::atomic);
    if (!is_write) wait_if_spinning({place, cell}, REVENANT_FRAME, Repeated::no);
    const search::Access step{is_write ? AccessKind::write : AccessKind::read, cell,
                              Points::block_of(all.heap.block_around(address))};
    all.announce(is_write ? OperationKind::write : OperationKind::read, step, address, place);
    atomics().did_more(all.current());
    auto clash = all.shadow.atomic_access(address, size, is_write, all.self().happened);
    if (all.is_too_late_for(address)) clash = Clash::freed;
    const bool fails = clash != Clash::none;
    if (all.recorder != nullptr) all.recorder->stepped(address, size, is_write, place, fails);
    if (fails) {
        const bool is_freed = clash == Clash::freed;
        all.fail({is_freed ? FindingKind::use_after_free : FindingKind::data_race, {}, address, size, -1});
    }
    points().accessed(address, size, is_write, all.current(), all.self().happened);
    if (!is_write) {
        spin().saw(all.current(), {cell, all.changes_of(cell)});
    } else {
        points().changed(cell);
        if (address - stack_of(all.current()) >= stack_size) spin().changed(all.current());
    }
    all.take(step);
}

}  // namespace revenant::model::native
