#include "model/threads/gate_objects.hpp"

namespace revenant::model::threads::gate {

Hidden hidden(std::uintptr_t address) { return ~address; }
Hidden hidden(const void* at) { return hidden(reinterpret_cast<std::uintptr_t>(at)); }

void GateObjects::clear() {
    size_ = 0;
    cells_ = blocks_ = 0;
}

bool GateObjects::add(ObjectClass type, const void* at, std::size_t size) {
    if (size_ == objects_max) return false;
    Object& object = all_[size_++];
    object.begin = hidden(at);
    object.size = size;
    object.type = type;
    object.live = true;
    object.number = type == ObjectClass::block ? blocks_++ : cells_++;
    return true;
}

std::uint16_t GateObjects::cell(ObjectClass type, const void* at) const {
    for (int i = size_; i-- > 0;) {
        if (all_[i].begin == hidden(at) && all_[i].type == type) return all_[i].number;
    }
    return no_id;
}

int GateObjects::find_live_block(const void* at) const {
    for (int i = size_; i-- > 0;) {
        if (all_[i].begin == hidden(at) && all_[i].type == ObjectClass::block && all_[i].live) return i;
    }
    return -1;
}

std::uint16_t GateObjects::live_block(const void* at) const {
    const int i = find_live_block(at);
    return i < 0 ? no_id : all_[i].number;
}

int GateObjects::find_block_around(Hidden at) const {
    for (int i = size_; i-- > 0;) {
        const Hidden offset = all_[i].begin - at;  // turned round, addresses count down
        if (all_[i].type == ObjectClass::block && offset < all_[i].size) return i;
    }
    return -1;
}

std::uint16_t GateObjects::block_around(Hidden at) const {
    const int i = find_block_around(at);
    return i < 0 ? no_id : all_[i].number;
}

bool GateObjects::is_in_freed(Hidden at) const {
    const int i = find_block_around(at);
    return i >= 0 && !all_[i].live;
}

bool GateObjects::was_a_block(const void* at) const { return cell(ObjectClass::block, at) != no_id; }

void GateObjects::freed(const void* at) {
    const int i = find_live_block(at);
    if (i >= 0) all_[i].live = false;
}

}  // namespace revenant::model::threads::gate
