// Debug info: what the program's debug information says of its objects: the type that a block was made as,
// the field at an offset. A library of its own (librevenant_debug_info.so), as it needs libdw, and whoever
// does not have that goes without: the runtime loads it when there is a finding to be told.
//
// These functions are its border. Plain C: the two libraries share no types.
#pragma once

#include <cstddef>
#include <cstdint>

namespace revenant::model::native::debug_info {

/// A type by its number; 0: not known.
using Type = unsigned;

/// What has been allocated: the calls return to these places, from the innermost out.
using TypeOfBlock = Type(const std::uintptr_t* places, std::size_t count, std::size_t size);
/// What begins there in the program's static memory: a variable, or a part of it, at this offset.
using TypeOfVariable = Type(std::uintptr_t address, std::size_t* offset, bool* is_part);
/// A function's frame: where the call that it has made returns to, its registers then, and where what has
/// called it had the stack's end.
struct FrameOfFunction {
    std::uintptr_t place = 0;
    std::uintptr_t stack_pointer = 0;
    std::uintptr_t frame_pointer = 0;
    std::uintptr_t end = 0;
};
/// The type of the variable around an address of the frame, its name, and where it begins.
using LocalAround = Type(std::uintptr_t address, const FrameOfFunction* frame, char* name, std::size_t room,
                         std::uintptr_t* begin);
/// What number lies at an offset in a type.
enum class Number : unsigned char { unknown, without_sign, with_sign, real, truth, pointer };
using NumberAt = Number(Type type, std::size_t offset, std::size_t* size);
/// Both write a text that ends with 0, as much of it as there is room for; false: nothing is known.
using NameOfType = bool(Type type, char* to, std::size_t room);
using NameOfField = bool(Type type, std::size_t offset, char* to, std::size_t room);

}  // namespace revenant::model::native::debug_info
