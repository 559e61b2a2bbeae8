// The part of Atomics that is the memory model: an atomic's stores, and which of them may be read.
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
        default: *reinterpret_cast<Value*>(address) = value;
    }
}

}  // namespace

Atomics& atomics() {
    static Atomics& instance = *new Atomics;
    return instance;
}

void Atomics::begin() {
    for (auto& location : locations_) {
        location.count = 0;
        location.changes = 0;
    }
    polls_ = {};
    pending_ = {};
    fenced_ = {};
    sequential_ = 0;
    last_fence_ = {};
}

Atomics::Store& Atomics::Location::add() {
    if (count == stores.size()) stores.emplace_back();
    auto& added = stores[count++];
    added = {};
    return added;
}

Value Atomics::peek(std::uintptr_t address, std::size_t size) {
    switch (size) {
        case 1: return *reinterpret_cast<const std::uint8_t*>(address);
        case 2: return *reinterpret_cast<const std::uint16_t*>(address);
        case 4: return *reinterpret_cast<const std::uint32_t*>(address);
        case 8: return *reinterpret_cast<const std::uint64_t*>(address);
        default: return *reinterpret_cast<const Value*>(address);
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
    const bool is_live = all.shadow.is_atomic(target.address) || !all.shadow.is_tracked(target.address);
    if (found.count != 0 && is_live && found.size == target.size && found.newest().value == value) {
        return found;
    }
    if (found.count == 0 || !is_live || found.size != target.size) refuse_overlap(target);
    found.size = target.size;
    found.count = 0;
    found.wrote = {};
    found.read = {};
    found.sequential_floor = 0;
    found.spurious_failures = 0;
    auto& initial = found.add();
    initial.value = value;
    all.shadow.last_write(target.address, initial.thread, initial.tick);
    all.shadow.make_atomic(target.address, target.size);
    ++found.changes;
    return found;
}

// Atomics of two sizes at one address: what C++ has no word for, and this model no order.
void Atomics::refuse_overlap(const Target& target) const {
    auto& all = machine();
    for (std::size_t i = 0; i < target.size; ++i) {
        if (!all.shadow.is_atomic(target.address + i)) continue;
        all.not_modelled("an atomic of " + std::to_string(target.size) +
                         " bytes that shares some with another atomic");
    }
}

void Atomics::check(const Target& target, OperationKind kind, bool is_write, memory_order order) {
    auto& all = machine();
    const auto clash = all.shadow.atomic_access(target.address, target.size, is_write, all.self().happened);
    if (clash == Clash::none) return;
    if (all.recorder != nullptr) all.recorder->unfinished(kind, target, order);
    all.fail({clash == Clash::freed ? FindingKind::use_after_free : FindingKind::data_race,
              {},
              target.address,
              target.size,
              -1});
}

// The oldest store that the thread may read.
std::size_t Atomics::floor(const Location& location, const Thread& thread, bool sequential) const {
    auto view = thread.happened;
    view.join(thread.seen_by_fence);
    if (sequential) view.join(fenced_);
    const auto last_fence = last_fence_[static_cast<std::size_t>(machine().current())];
    for (auto index = location.count; index-- > 1;) {
        const auto& store = location.stores[index];
        if (view.covers(store.thread, store.tick)) return index;
        if (sequential && index <= location.sequential_floor) return index;
        if (store.sequential != 0 && store.sequential < last_fence) return index;
        for (int other = 0; other < threads_max; ++other) {
            if (store.seen[other] != 0 && view.covers(other, store.seen[other])) return index;
        }
    }
    return 0;
}

void Atomics::read(Location& location, std::size_t index, memory_order order) {
    auto& all = machine();
    auto& own = all.self();
    auto& store = location.stores[index];
    const auto now = own.happened[all.current()];
    location.read[all.current()] = now;
    if (store.seen[all.current()] == 0) store.seen[all.current()] = now;
    (acquires(order) ? own.happened : own.acquired_by_fence).join(store.released);
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
    store.released = releases(order) ? own.happened : own.released_by_fence;
    if (continued != nullptr) store.released.join(*continued);
    location.wrote[all.current()] = now;
    if (store.value != location.stores[location.count - 2].value) {
        ++location.changes;
        spin().changed(all.current());
    }
    if (order == memory_order::seq_cst) {
        store.sequential = ++sequential_;
        location.sequential_floor = location.count - 1;
    }
    poke(target.address, target.size, store.value);
}

bool Atomics::is_race(std::uintptr_t address, std::size_t size, bool is_write,
                      const VectorClock& clock) const {
    const auto unordered = [&](const VectorClock& ticks) {
        for (int thread = 0; thread < threads_max; ++thread) {
            if (!clock.covers(thread, ticks[thread])) return true;
        }
        return false;
    };
    constexpr std::size_t size_max = sizeof(Value);
    const auto& all = machine();
    for (auto begin = address - (size_max - 1); begin < address + size; ++begin) {
        const auto cell = all.objects.find(begin, ObjectKind::atomic);
        if (cell == no_id || cell >= locations_.size()) continue;
        const auto& location = locations_[cell];
        if (location.count == 0 || begin + location.size <= address) continue;
        if (unordered(location.wrote) || (is_write && unordered(location.read))) return true;
    }
    return false;
}

}  // namespace revenant::model::native
