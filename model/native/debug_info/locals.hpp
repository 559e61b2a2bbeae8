// Locals: the variables of a function that is under way.
#pragma once

#include <elfutils/libdw.h>

#include <cstddef>
#include <cstdint>
#include <optional>

#include "model/native/debug_info/debug_info.hpp"

namespace revenant::model::native::debug_info {

struct Local {
    Dwarf_Die variable;
    Dwarf_Die type;
    std::uintptr_t begin = 0;
};
/// The program's own variable around an address of the frame, of those that are in scope there and lie in
/// memory.
[[nodiscard]] std::optional<Local> local_around(std::uintptr_t address, const FrameOfFunction& frame);

}  // namespace revenant::model::native::debug_info
