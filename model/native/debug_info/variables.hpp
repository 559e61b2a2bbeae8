// Variables: what lies in the program's static memory.
#pragma once

#include <elfutils/libdw.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace revenant::model::native::debug_info {

/// A variable in static memory, or a part of one that the compiler has taken apart: Clang does so with a
/// struct that it sees all uses of, and gives each member that is used a symbol of its own.
struct Variable {
    Dwarf_Die type;          ///< of the whole
    std::size_t offset = 0;  ///< in it
    bool is_part = false;
};
/// What begins there.
[[nodiscard]] std::optional<Variable> variable_at(std::uintptr_t address);

}  // namespace revenant::model::native::debug_info
