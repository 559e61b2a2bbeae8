// Layout: where in the address space the program's heaps and stacks lie: at the same place in each execution
// and in each run, so that an address depends on who asked for it as the how-manieth, and on nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/native/clocks.hpp"

namespace revenant::model::native {

inline constexpr std::uintptr_t arena_begin = 0x10'0000'0000'00;
inline constexpr std::size_t heap_size = std::size_t{64} << 20;  ///< of each thread, in one execution
inline constexpr std::size_t stack_size = std::size_t{8} << 20;  ///< of each thread, as Linux has it
/// Its lowest part, which nobody may touch: whoever needs more is told, and does not write to another's.
inline constexpr std::size_t stack_guard_size = std::size_t{64} << 10;
inline constexpr std::size_t lender_stack_size = std::size_t{256} << 10;
/// A heap for what is allocated before main, then those of the threads.
inline constexpr std::uintptr_t heaps_end = arena_begin + heap_size * (threads_max + 1);
/// A stack for each fiber, and one for each real thread that lends its thread pointer: its thread_local
/// variables lie there.
inline constexpr std::uintptr_t stacks_begin = heaps_end;
inline constexpr std::uintptr_t lender_stacks_begin = stacks_begin + stack_size * threads_max;
inline constexpr std::uintptr_t arena_end = lender_stacks_begin + lender_stack_size * threads_max;

[[nodiscard]] inline std::uintptr_t heap_of(int thread) {
    return arena_begin + heap_size * static_cast<std::size_t>(thread + 1);
}
[[nodiscard]] inline std::uintptr_t stack_of(int thread) {
    return stacks_begin + stack_size * static_cast<std::size_t>(thread);
}
[[nodiscard]] inline std::uintptr_t lender_stack_of(int thread) {
    return lender_stacks_begin + lender_stack_size * static_cast<std::size_t>(thread);
}
[[nodiscard]] inline bool is_of_a_stack(std::uintptr_t address) {
    return address - stacks_begin < stack_size * threads_max;
}
/// The thread whose stack has the address.
[[nodiscard]] inline int owner_of_stack(std::uintptr_t address) {
    return static_cast<int>((address - stacks_begin) / stack_size);
}
/// Whether the address lies in a stack's lowest part.
[[nodiscard]] inline bool is_stack_guard(std::uintptr_t address) {
    return is_of_a_stack(address) && (address - stacks_begin) % stack_size < stack_guard_size;
}
[[nodiscard]] inline bool in_arena(std::uintptr_t address) {
    return address - arena_begin < arena_end - arena_begin;
}

/// Memory that takes room only where it is touched. Ends the process with a line where there is none.
/// `at` may be 0: anywhere.
[[nodiscard]] void* map_memory(std::uintptr_t at, std::size_t bytes, const char* what);

/// Nobody may read or write it.
void guard_memory(std::uintptr_t at, std::size_t bytes);

/// The descriptor that is what stderr was when nothing was explored yet: see Diverted.
inline int own_stderr = 2;

/// Ends the process: `revenant: …`, and a status of those in harness/commands/exit_status.hpp.
[[noreturn]] void give_up(int status, const char* line);
inline constexpr int usage_error = 2;
inline constexpr int internal_error = 70;

}  // namespace revenant::model::native
