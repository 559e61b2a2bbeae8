// What a memory order asks for, and what an atomic of a size can hold.
#pragma once

#include <atomic>

#include "model/native/atomics.hpp"

namespace revenant::model::native {

/// Of the compiler's numbers, which carry flags of hardware above.
[[nodiscard]] inline std::memory_order order_of(int number) {
    switch (number & 0x7fff) {
        case 0: return std::memory_order::relaxed;
        case 1:  // consume, which compilers take for acquire
        case 2: return std::memory_order::acquire;
        case 3: return std::memory_order::release;
        case 4: return std::memory_order::acq_rel;
        default: return std::memory_order::seq_cst;
    }
}
/// In one number.
[[nodiscard]] inline std::uint32_t orders_of(std::memory_order success,
                                             std::memory_order failure = std::memory_order::relaxed) {
    constexpr unsigned bits = 8;
    return static_cast<std::uint32_t>(success) << bits | static_cast<std::uint32_t>(failure);
}
[[nodiscard]] inline bool acquires(std::memory_order order) {
    return order != std::memory_order::relaxed && order != std::memory_order::release;
}
[[nodiscard]] inline bool releases(std::memory_order order) {
    return order == std::memory_order::release || order == std::memory_order::acq_rel ||
           order == std::memory_order::seq_cst;
}

[[nodiscard]] inline Value truncated(Value value, std::size_t size) {
    return size >= sizeof(Value) ? value : value & ((Value{1} << (8 * size)) - 1);
}

}  // namespace revenant::model::native
