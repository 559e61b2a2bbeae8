#include "model/native/debug_info/locals.hpp"

#include <dwarf.h>

#include "model/native/debug_info/dies.hpp"

namespace revenant::model::native::debug_info {
namespace {

constexpr unsigned frame_register = 6;  // rbp
constexpr unsigned stack_register = 7;  // rsp

/// Of a description of a place: that there is one, of one operation.
std::optional<Dwarf_Op> only_operation(Dwarf_Die die, unsigned attribute, Dwarf_Addr at) {
    Dwarf_Attribute found;
    Dwarf_Op* operations = nullptr;
    std::size_t count = 0;
    if (dwarf_attr_integrate(&die, attribute, &found) == nullptr) return std::nullopt;
    if (dwarf_getlocation_addr(&found, at, &operations, &count, 1) != 1 || count != 1) return std::nullopt;
    return operations[0];
}

class Frame {
public:
    Frame(const FrameOfFunction& frame, Dwarf_Addr at, Dwarf_Die function)
        : frame_(frame), at_(at), base_(base_of(function)) {}

    [[nodiscard]] std::optional<std::uintptr_t> place_of(Dwarf_Die variable) const {
        const auto operation = only_operation(variable, DW_AT_location, at_);
        return operation ? place_by(*operation) : std::nullopt;
    }
    /// … wherever the function is: Clang says of a variable whose value it believes to know that only, and
    /// not where it lies. Empty as well if it lies now here, now there.
    [[nodiscard]] std::optional<std::uintptr_t> place_at_other_times(Dwarf_Die variable) const {
        Dwarf_Attribute found;
        if (dwarf_attr_integrate(&variable, DW_AT_location, &found) == nullptr) return std::nullopt;
        Dwarf_Addr base = 0;
        Dwarf_Addr begin = 0;
        Dwarf_Addr end = 0;
        Dwarf_Op* operations = nullptr;
        std::size_t count = 0;
        std::optional<std::uintptr_t> place;
        for (std::ptrdiff_t next = 0;
             (next = dwarf_getlocations(&found, next, &base, &begin, &end, &operations, &count)) > 0;) {
            const auto other = count == 1 ? place_by(operations[0]) : std::nullopt;
            if (other && place && *other != *place) return std::nullopt;
            if (other) place = other;
        }
        return place;
    }

private:
    [[nodiscard]] std::optional<std::uintptr_t> place_by(const Dwarf_Op& operation) const {
        if (operation.atom == DW_OP_fbreg) return base_ ? std::optional(*base_ + operation.number) : base_;
        if (operation.atom == DW_OP_breg0 + frame_register) return frame_.frame_pointer + operation.number;
        if (operation.atom == DW_OP_breg0 + stack_register) return frame_.stack_pointer + operation.number;
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::uintptr_t> base_of(Dwarf_Die function) const {
        const auto operation = only_operation(function, DW_AT_frame_base, at_);
        if (!operation) return std::nullopt;
        if (operation->atom == DW_OP_call_frame_cfa) return frame_.end;
        if (operation->atom == DW_OP_reg0 + frame_register) return frame_.frame_pointer;
        if (operation->atom == DW_OP_reg0 + stack_register) return frame_.stack_pointer;
        return std::nullopt;
    }

    const FrameOfFunction& frame_;
    Dwarf_Addr at_;
    std::optional<std::uintptr_t> base_;
};

/// From the function in, as far as the scopes have the place.
class Search {
public:
    Search(std::uintptr_t address, Dwarf_Addr at, const Frame& frame)
        : address_(address), at_(at), frame_(frame) {}

    std::optional<Local> in(Dwarf_Die function) {
        visit(function);
        if (now_) return now_;
        return others_ == 1 ? at_other_times_ : std::nullopt;  // of several, one has the place now
    }

private:
    void visit(Dwarf_Die scope) {
        for_each_child(scope, [&](Dwarf_Die child) {
            switch (dwarf_tag(&child)) {
                case DW_TAG_variable:
                case DW_TAG_formal_parameter: propose(child); break;
                case DW_TAG_lexical_block:
                case DW_TAG_inlined_subroutine:
                    if (dwarf_haspc(&child, at_) == 1) visit(child);
                    break;
                default: break;
            }
        });
    }
    void propose(Dwarf_Die variable) {
        const auto type = bare(type_of(variable));
        if (now_ || !type || name_of(variable).empty() || is_of_a_library(variable)) return;
        const auto has_it = [&](std::optional<std::uintptr_t> begin) {
            return begin && address_ - *begin < size_of(*type);
        };
        const auto begin = frame_.place_of(variable);
        if (has_it(begin)) {
            now_ = {variable, *type, *begin};
        } else if (const auto other = frame_.place_at_other_times(variable); !begin && has_it(other)) {
            at_other_times_ = {variable, *type, *other};
            ++others_;
        }
    }

    std::uintptr_t address_;
    Dwarf_Addr at_;
    const Frame& frame_;
    std::optional<Local> now_;
    std::optional<Local> at_other_times_;
    unsigned others_ = 0;
};

}  // namespace

std::optional<Local> local_around(std::uintptr_t address, const FrameOfFunction& frame) {
    const auto call = frame.place - 1;
    const auto unit = unit_at(call);
    if (!unit) return std::nullopt;
    const auto functions = functions_at(*unit, call);
    if (functions.empty()) return std::nullopt;
    const auto at = call - unit->bias;
    return Search(address, at, Frame(frame, at, functions.back())).in(functions.back());
}

}  // namespace revenant::model::native::debug_info
