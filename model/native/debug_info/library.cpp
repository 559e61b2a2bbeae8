// The border of this library: see debug_info.hpp.
#include <cstring>
#include <string>
#include <vector>

#include "model/native/debug_info/block_types.hpp"
#include "model/native/debug_info/debug_info.hpp"
#include "model/native/debug_info/dies.hpp"
#include "model/native/debug_info/locals.hpp"
#include "model/native/debug_info/names.hpp"
#include "model/native/debug_info/variables.hpp"

namespace revenant::model::native::debug_info {
namespace {

std::vector<Dwarf_Die>& types() {
    static auto& all = *new std::vector<Dwarf_Die>;
    return all;
}

Type number_of(const std::optional<Dwarf_Die>& type) {
    if (!type) return 0;
    types().push_back(*type);
    return static_cast<Type>(types().size());
}

bool write(const std::string& text, char* to, std::size_t room) {
    if (text.empty() || room == 0) return false;
    const auto size = std::min(text.size(), room - 1);
    std::memcpy(to, text.data(), size);
    to[size] = '\0';
    return true;
}

}  // namespace
}  // namespace revenant::model::native::debug_info

#define REVENANT_BORDER extern "C" __attribute__((visibility("default")))

using namespace revenant::model::native::debug_info;

REVENANT_BORDER Type revenant_type_of_block(const std::uintptr_t* places, std::size_t count,
                                            std::size_t size) {
    return number_of(block_type({places, places + count}, size));
}
REVENANT_BORDER Type revenant_type_of_variable(std::uintptr_t address, std::size_t* offset, bool* is_part) {
    const auto variable = variable_at(address);
    if (!variable) return 0;
    *offset = variable->offset;
    *is_part = variable->is_part;
    return number_of(variable->type);
}
REVENANT_BORDER Type revenant_local_around(std::uintptr_t address, const FrameOfFunction* frame, char* name,
                                           std::size_t room, std::uintptr_t* begin) {
    const auto local = local_around(address, *frame);
    if (!local || !write(std::string(name_of(local->variable)), name, room)) return 0;
    *begin = local->begin;
    return number_of(local->type);
}
REVENANT_BORDER bool revenant_name_of_type(Type type, char* to, std::size_t room) {
    return type != 0 && write(type_name(types()[type - 1]), to, room);
}
REVENANT_BORDER Number revenant_number_at(Type type, std::size_t offset, std::size_t* size) {
    return type == 0 ? Number::unknown : number_at(types()[type - 1], offset, *size);
}
REVENANT_BORDER bool revenant_name_of_field(Type type, std::size_t offset, char* to, std::size_t room) {
    return type != 0 && write(field_name(types()[type - 1], offset), to, room);
}
