// What a memory order asks for, and what an atomic of a size can hold.
#pragma once

#include <atomic>

#include "model/native/atomics.hpp"

namespace revenant::model::native {

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
