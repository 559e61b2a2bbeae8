#include "model/native/debug_info/variables.hpp"

#include <dwarf.h>

#include <map>

#include "model/native/debug_info/dies.hpp"

namespace revenant::model::native::debug_info {
namespace {

/// The operand of DW_OP_addr, or what DW_OP_addrx is the index of.
std::optional<std::uintptr_t> address_in(Dwarf_Attribute& location, const Dwarf_Op& operation) {
    if (operation.atom == DW_OP_addr) return operation.number;
    Dwarf_Attribute indexed;
    Dwarf_Addr address = 0;
    if (operation.atom != DW_OP_addrx || dwarf_getlocation_attr(&location, &operation, &indexed) != 0 ||
        dwarf_formaddr(&indexed, &address) != 0) {
        return std::nullopt;
    }
    return address;
}

using Variables = std::map<std::uintptr_t, Variable>;

// An address alone, or pieces of so many bytes: each with its address before it, and without one if it is
// nowhere. What takes more to say lies in no static memory.
void add_variable(const Unit& unit, Dwarf_Die die, Variables& to) {
    Dwarf_Attribute location;
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    const auto type = bare(type_of(die));
    if (!type || dwarf_attr(&die, DW_AT_location, &location) == nullptr) return;
    if (dwarf_getlocation(&location, &operations, &count) != 0) return;
    std::size_t offset = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (operations[i].atom == DW_OP_piece) {
            offset += operations[i].number;
            continue;
        }
        const bool is_part = i + 1 < count && operations[i + 1].atom == DW_OP_piece;
        const auto address = address_in(location, operations[i]);
        if (!address || (count > 1 && !is_part)) return;
        to.emplace(*address + unit.bias, Variable{*type, offset, is_part});
    }
}

void add_variables(const Unit& unit, Dwarf_Die parent, Variables& to) {
    for_each_child(parent, [&](Dwarf_Die child) {
        const int tag = dwarf_tag(&child);
        if (tag == DW_TAG_namespace || tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block) {
            add_variables(unit, child, to);
        }
        if (tag == DW_TAG_variable) add_variable(unit, child, to);
    });
}

}  // namespace

std::optional<Variable> variable_at(std::uintptr_t address) {
    static const auto all = [] {
        Variables made;
        for (const auto& unit : units()) add_variables(unit, unit.die, made);
        return made;
    }();
    const auto found = all.find(address);
    return found == all.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace revenant::model::native::debug_info
