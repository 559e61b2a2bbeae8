// The part of Atomics that is the memory model: an atomic's stores, and which of them may be read.
#include <algorithm>
#include <cstring>
#include <string>

#include "model/native/atomics.hpp"
#include "model/native/orders.hpp"
#include "model/native/recorder.hpp"
#include "model/native/spin.hpp"

namespace revenant::model::native {
namespace {

using std::memory_order;

void poke(std::uintptr_t address, std::size_t size, Value value) {
    switch (size) {
        case 1: *reinterpret_cast<std::uint8_t*>(address) = static_cast<std::uint8_t>(value); return;
        case 2: *reinterpret_cast<std::uint16_t*>(address) = static_cast<std::uint16_t>(value); return;
        case 4: *reinterpret_cast<std::uint32_t*>(address) = static_cast<std::uint32_t>(value); return;
        case 8: *reinterpret_cast<std::uint64_t*>(address) = static_cast<std::uint64_t>(value); return;
        case 16: *reinterpret_cast<Value*>(address) = value; return;
        default: std::memcpy(reinterpret_cast<void*>(address), &value, size);  // a class of three bytes, say
    }
}

}  // namespace

void Atomics::repeat_store(const Target& target) {
    poke(target.address, target.size, machine().answer().stored);
}

void Atomics::begin() {
    const auto used = std::min(locations_.size(), machine().objects.all().size());
    for (std::size_t i = 0; i < used; ++i) {
        locations_[i].count = 0;
        locations_[i].changes = 0;
    }
    additions_.clear();
    own_ = {};
    pending_cas_ = 0;
    fenced_ = {};
    sequential_ = 0;
    told_.clear();
    formers_.clear();
    notes_ = false;
    noted_ = all_threads;
    marks_.clear();
    log_.shorten(0);
    counts_before_.shorten(0);
    stores_before_.shorten(0);
    own_before_.clear();
}

Atomics::Store& Atomics::Location::add() {
    if (count == stores.size()) stores.emplace_back();
    auto& added = stores[count++];
    added.released = {};
    added.seen = {};
    added.sequential = 0;
    added.addition = -1;
    added.stale_reads = {};
    return added;
}

Value Atomics::peek(std::uintptr_t address, std::size_t size) {
    switch (size) {
        case 1: return *reinterpret_cast<const std::uint8_t*>(address);
        case 2: return *reinterpret_cast<const std::uint16_t*>(address);
        case 4: return *reinterpret_cast<const std::uint32_t*>(address);
        case 8: return *reinterpret_cast<const std::uint64_t*>(address);
        case 16: return *reinterpret_cast<const Value*>(address);
        default: {
            Value value = 0;
            std::memcpy(&value, reinterpret_cast<const void*>(address), size);
            return value;
        }
    }
}

// The atomic at an address. What it holds begins with its last plain write: a constructor, or memory that
// another object had before.
Atomics::Location& Atomics::location(const Target& target) {
    auto& all = machine();
    const auto cell = all.objects.number(target.address, ObjectKind::atomic);
    if (cell >= locations_.size()) locations_.resize(cell + 64u);
    auto& found = locations_[cell];
    const auto value = peek(target.address, target.size);
    const bool is_live = all.shadow.is_atomic_or_untracked(target.address);
    if (found.count != 0 && is_live && found.size == target.size && found.newest().value == value) {
        if (notes_) note_step(found);
        return found;
    }
    const bool is_anew = found.count != 0 && found.size == target.size;
    if (!is_anew || !is_live) refuse_overlap(target, is_anew);
    if (notes_) note_whole(found);
    found.size = target.size;
    found.count = 0;
    found.wrote = {};
    found.read = {};
    found.spurious_failures = 0;
    auto& initial = found.add();
    initial.value = value;
    all.shadow.last_write(target.address, initial.thread, initial.tick);
    all.shadow.make_atomic(target.address, target.size);
    ++found.changes;
    return found;
}

// Atomics of two sizes at one address: what C++ has no word for, and this model no order. An atomic that is
// made anew may lie in its own old bytes, of which the program has written only some since; and in those of
// one whose accesses all come before, as variables of two functions lie on a stack.
void Atomics::refuse_overlap(const Target& target, bool is_anew) {
    auto& all = machine();
    for (std::size_t i = 0; i < target.size; ++i) {
        if (!all.shadow.is_atomic(target.address + i)) continue;
        if (forget_others(target.address + i, is_anew ? target.address : 0)) continue;
        all.not_modelled("an atomic of " + std::to_string(target.size) +
                         " bytes that shares some with another atomic");
    }
}

// Of the atomics that have the byte, but for the one that begins at `own`. False: one is in use.
bool Atomics::forget_others(std::uintptr_t byte, std::uintptr_t own) {
    const auto& happened = machine().self().happened;
    for (const auto& former : formers_) {
        if (byte - former.address >= former.size) continue;
        if (!happened.covers_all(former.wrote) || !happened.covers_all(former.read)) return false;
    }
    for (std::size_t before = 0; before < sizeof(Value); ++before) {
        const auto begin = byte - before;
        const auto cell = begin == own ? no_id : machine().objects.find(begin, ObjectKind::atomic);
        if (cell >= locations_.size() || locations_[cell].count == 0) continue;
        auto& other = locations_[cell];
        if (other.size <= before) continue;
        if (!happened.covers_all(other.wrote) || !happened.covers_all(other.read)) return false;
        if (notes_) note_whole(other);
        formers_.push_back({begin, other.size, other.wrote, other.read});
        other.count = 0;
    }
    return true;
}

void Atomics::check(const Target& target, OperationKind kind, bool is_write, memory_order order) {
    auto& all = machine();
    all.alike.touches(all.current(), target.address, target.size, is_write);
    auto clash = all.shadow.atomic_access(target.address, target.size, is_write, all.self().happened);
    if (all.is_too_late_for(target.address)) clash = Clash::freed;
    if (clash == Clash::none) return;
    if (all.recorder != nullptr) all.recorder->unfinished(kind, target, order);
    all.fail({clash == Clash::freed ? FindingKind::use_after_free : FindingKind::data_race,
              {},
              target.address,
              target.size,
              -1});
}

Atomics::View Atomics::view(const Location& location, bool sequential) const {
    const auto& all = machine();
    const auto thread = static_cast<std::size_t>(all.current());
    View made{all.threads()[thread].happened, own_[thread].last_fence, sequential};
    made.clock.join(all.fences_of(all.current()).seen);
    if (sequential) made.clock.join(fenced_);
    if (told_.empty()) return made;
    const auto cell = static_cast<CellId>(&location - locations_.data());
    if (const auto* const told = find_told(cell, all.current())) {
        made.clock.join(told->clock);
        made.last_fence = std::max(made.last_fence, told->last_fence);
    }
    return made;
}

// Whether no store before this one may be read any more, as of who has made it.
bool Atomics::knows(const View& view, const Store& store) {
    if (view.clock.covers(store.thread, store.tick)) return true;
    return store.sequential != 0 && (view.sequential || store.sequential < view.last_fence);
}

// … as of who has read it.
bool Atomics::knows_of_a_reader(const View& view, const Store& store) {
    return view.clock.covers_any(store.seen);
}

// The oldest store that may be read.
std::size_t Atomics::floor(const Location& location, const View& view) {
    for (auto index = location.count; index-- > 1;) {
        const auto& store = location.stores[index];
        if (knows(view, store) || knows_of_a_reader(view, store)) return index;
    }
    return 0;
}

// A loop that waits for another thread reads the same again and again. A store that is not the newest can be
// read in each round, as memory has no clock; more often than this a thread does not read it.
const std::vector<Atomics::Option>& Atomics::options(const Location& location, bool sequential) {
    auto& all = machine();
    const auto own_view = view(location, sequential);
    const auto lowest = floor(location, own_view);
    auto count = std::min(location.count - lowest, stores_max);
    const auto thread = static_cast<std::size_t>(all.current());
    while (count > 1 && location.stores[location.count - count].stale_reads[thread] >= stale_reads_max)
        --count;
    options_.clear();
    for (std::size_t back = 0; back < count; ++back) {
        const auto index = location.count - 1 - back;
        options_.push_back({index, location.stores[index].value, 0, 0, 0});
    }
    if (!all.additions_commute()) return options_;
    add_orders(location, own_view);
    // What leaves out an addition that the thread does not come after could have been read before that one,
    // and is offered there.
    const auto& execution = all.strategy->execution;
    std::erase_if(options_, [&](const Option& option) {
        for (auto i = location.count; i-- > 0 && location.stores[i].addition >= 0;) {
            const bool is_of_row = option.first != 0 && i >= option.begin && i < option.end;
            const bool is_read =
                is_of_row ? (option.first & 1u << (i - option.begin)) != 0 : i <= option.index;
            const auto step = additions_[static_cast<std::size_t>(location.stores[i].addition)].step;
            if (!is_read && !execution.precedes(execution.events()[step], all.current())) return true;
        }
        return false;
    });
    return options_;
}

// A CAS that fails is a load: of an older store than the newest too, if that has another value than is
// expected.
const std::vector<Atomics::Option>& Atomics::failures(const Location& location, Value wanted,
                                                      bool sequential) {
    static_cast<void>(options(location, sequential));
    options_.erase(options_.begin());
    std::erase_if(options_, [&](const Option& option) { return option.value == wanted; });
    return options_;
}

void Atomics::read(Location& location, std::size_t index, memory_order order) {
    auto& all = machine();
    auto& own = all.self();
    location.read[all.current()] = own.happened[all.current()];
    has_seen(location, index, all.current());
    all.acquire(location.stores[index].released, acquires(order));
}

void Atomics::has_seen(Location& location, std::size_t index, int thread) {
    auto& store = location.stores[index];
    if (store.seen[thread] != 0) return;
    if (notes_) note(Undo::What::seen, location, index).thread = static_cast<std::uint8_t>(thread);
    store.seen[thread] = machine().known_thread(thread).happened[thread];
}

void Atomics::write(Location& location, const Target& target, Value value, memory_order order,
                    const VectorClock* continued) {
    auto& all = machine();
    auto& own = all.self();
    const auto now = own.happened[all.current()];
    auto& store = location.add();
    store.value = truncated(value, target.size);
    store.thread = all.current();
    store.tick = now;
    store.released = releases(order) ? own.happened : all.fences_of(all.current()).released;
    if (continued != nullptr) store.released.join(*continued);
    location.wrote[all.current()] = now;
    if (store.value != location.stores[location.count - 2].value) {
        ++location.changes;
        spin().changed(all.current());
    }
    if (order == memory_order::seq_cst) store.sequential = ++sequential_;
    poke(target.address, target.size, store.value);
}

bool Atomics::is_race(std::uintptr_t address, std::size_t size, bool is_write,
                      const VectorClock& clock) const {
    const auto is_one = [&](std::size_t cell, std::uintptr_t begin) {
        if (cell >= locations_.size()) return false;
        const auto& location = locations_[cell];
        if (location.count == 0 || begin + location.size <= address) return false;
        return !clock.covers_all(location.wrote) || (is_write && !clock.covers_all(location.read));
    };
    for (const auto& former : formers_) {
        if (former.address >= address + size || former.address + former.size <= address) continue;
        if (!clock.covers_all(former.wrote) || (is_write && !clock.covers_all(former.read))) return true;
    }
    constexpr std::size_t size_max = sizeof(Value);
    const auto first = address - (size_max - 1);
    const auto& objects = machine().objects;
    if (objects.all().size() < size + size_max) {  // fewer than places where one could be
        for (std::size_t cell = 0; cell < objects.all().size(); ++cell) {
            const auto& object = objects.all()[cell];
            const bool is_there = object.address - first < address + size - first;
            if (is_there && object.kind == ObjectKind::atomic && is_one(cell, object.address)) return true;
        }
        return false;
    }
    for (auto begin = first; begin < address + size; ++begin) {
        const auto cell = objects.find(begin, ObjectKind::atomic);
        if (cell != no_id && is_one(cell, begin)) return true;
    }
    return false;
}

}  // namespace revenant::model::native
