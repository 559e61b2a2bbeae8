// Types: what the program's objects are called in a report, from its debug information: `Config`, `users`.
// Everything is empty where that, or the library that reads it, is missing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/native/debug_info/debug_info.hpp"
#include "model/native/frames.hpp"

namespace revenant::model::native {

using debug_info::Type;

/// As what a block was allocated, where the calls return to these places, from the innermost out; 0: unknown.
[[nodiscard]] Type type_of_block(const std::vector<std::uintptr_t>& places, std::size_t size);
/// What begins at an address of static memory: a variable, or a part of one that the compiler has taken
/// apart.
struct TypedVariable {
    Type type = 0;           ///< of the whole
    std::size_t offset = 0;  ///< in it
    bool is_part = false;    ///< its symbol has a number behind the variable's name: `registry.0`
};
[[nodiscard]] TypedVariable type_of_variable(std::uintptr_t address);
/// The variable around an address of a function's frame.
struct Local {
    Type type = 0;  ///< 0: none is known
    std::string name;
    std::uintptr_t begin = 0;
};
[[nodiscard]] Local local_around(std::uintptr_t address, const FrameAround& around);
[[nodiscard]] std::string type_name(Type type);
using debug_info::Number;
struct KnownNumber {
    Number kind = Number::unknown;
    std::size_t size = 0;
};
[[nodiscard]] KnownNumber number_at(Type type, std::size_t offset);
[[nodiscard]] std::string field_name(Type type, std::size_t offset);

}  // namespace revenant::model::native
