#include "model/native/objects.hpp"

#include "model/native/machine.hpp"

namespace revenant::model::native {

void Objects::begin() {
    if (slots_.empty()) slots_.assign(slots_at_first, no_id);
    forget(0);
    marks_.clear();
}

// All but the first ones. From the last on: a probe for an object passes only those that came before it.
void Objects::forget(std::size_t size) {
    last_ = no_id;
    for (; objects_.size() > size; objects_.pop_back()) {
        slots_[slot(objects_.back().address, objects_.back().kind)] = no_id;
    }
}

// The object's slot, or the free one that it would take.
std::size_t Objects::slot(std::uintptr_t address, ObjectKind kind) const {
    constexpr std::uint64_t golden = 0x9e37'79b9'7f4a'7c15;
    const auto mask = slots_.size() - 1;
    auto at = static_cast<std::size_t>(((address << 3 | static_cast<unsigned>(kind)) * golden) >> 32) & mask;
    for (; slots_[at] != no_id; at = (at + 1) & mask) {
        const auto& object = objects_[slots_[at]];
        if (object.address == address && object.kind == kind) break;
    }
    return at;
}

void Objects::grow() {
    slots_.assign(2 * slots_.size(), no_id);
    for (std::size_t i = 0; i < objects_.size(); ++i) {
        slots_[slot(objects_[i].address, objects_[i].kind)] = static_cast<CellId>(i);
    }
}

CellId Objects::look_up(std::uintptr_t address, ObjectKind kind) {
    const auto at = slot(address, kind);
    if (slots_[at] != no_id) return slots_[at];
    if (objects_.size() == no_id - 1) machine().not_modelled("more than 65534 objects in an execution");
    const auto number = static_cast<CellId>(objects_.size());
    objects_.push_back({address, kind});
    slots_[at] = number;
    if (2 * objects_.size() > slots_.size()) grow();
    return number;
}

CellId Objects::find(std::uintptr_t address, ObjectKind kind) const { return slots_[slot(address, kind)]; }

}  // namespace revenant::model::native
