// For tests of the model world: memory orders under short names.
#pragma once

#include <atomic>

namespace revenant::model::relacy {

inline constexpr auto order = std::memory_order::seq_cst;  ///< where a test is not about orders
inline constexpr auto relaxed = std::memory_order::relaxed;

}  // namespace revenant::model::relacy
