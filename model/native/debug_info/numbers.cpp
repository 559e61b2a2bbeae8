// What number lies at an offset in a type: its kind goes by the type there that has no members.
#include <dwarf.h>

#include <optional>

#include "model/native/debug_info/dies.hpp"
#include "model/native/debug_info/names.hpp"

namespace revenant::model::native::debug_info {
namespace {

// The member or base that has the offset, which becomes one in it. Of a union's members several have it.
std::optional<Dwarf_Die> part_at(Dwarf_Die type, std::size_t& offset) {
    std::optional<Dwarf_Die> found;
    std::size_t within = 0;
    for_each_child(type, [&](Dwarf_Die child) {
        const int tag = dwarf_tag(&child);
        if (found || (tag != DW_TAG_member && tag != DW_TAG_inheritance)) return;
        const auto begin = begin_of(child);
        const auto part = bare(type_of(child));
        if (!begin || !part || offset < *begin || offset - *begin >= size_of(*part)) return;
        auto inner = offset - *begin;
        // An empty base has a byte, in which the first member begins.
        auto copy = inner;
        if (tag == DW_TAG_inheritance && !part_at(*part, copy)) return;
        found = part;
        within = inner;
    });
    if (found) offset = within;
    return found;
}

Number kind_of(Dwarf_Die type) {
    if (dwarf_tag(&type) == DW_TAG_pointer_type) return Number::pointer;
    if (dwarf_tag(&type) == DW_TAG_enumeration_type) {
        const auto under = bare(type_of(type));
        return under ? kind_of(*under) : Number::unknown;
    }
    Dwarf_Attribute attribute;
    Dwarf_Word encoding = 0;
    if (dwarf_tag(&type) != DW_TAG_base_type || dwarf_attr(&type, DW_AT_encoding, &attribute) == nullptr ||
        dwarf_formudata(&attribute, &encoding) != 0) {
        return Number::unknown;
    }
    switch (encoding) {
        case DW_ATE_signed:
        case DW_ATE_signed_char: return Number::with_sign;
        case DW_ATE_float: return Number::real;
        case DW_ATE_boolean: return Number::truth;
        default: return Number::without_sign;
    }
}

}  // namespace

Number number_at(Dwarf_Die type, std::size_t offset, std::size_t& size) {
    if (is_count_of_libcxx(type, offset)) {
        size = sizeof(long);
        return Number::with_sign;
    }
    constexpr int depth_max = 32;
    std::optional<Dwarf_Die> at = type;
    for (int depth = 0; at && depth != depth_max; ++depth) {
        if (dwarf_tag(&*at) == DW_TAG_union_type) return Number::unknown;
        if (is_class(*at)) {
            at = part_at(*at, offset);
        } else if (dwarf_tag(&*at) == DW_TAG_array_type) {
            at = bare(type_of(*at));
            const auto bytes = at ? size_of(*at) : 0;
            if (bytes == 0) return Number::unknown;
            offset %= bytes;
        } else {
            size = size_of(*at);
            return offset == 0 ? kind_of(*at) : Number::unknown;
        }
    }
    return Number::unknown;
}

}  // namespace revenant::model::native::debug_info
