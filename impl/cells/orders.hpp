// The memory orders of a call that names none, or of two only one: those that std has.
#pragma once

#include <atomic>

namespace revenant {

// Order: sequentially consistent, as std's default is. Who knows that a weaker one does names it, in an
// order_site with its argument.
inline constexpr auto default_order = std::memory_order::seq_cst;

/// The order of a failed compare_exchange that was given one order only.
[[nodiscard]] constexpr std::memory_order order_of_failure(std::memory_order success) noexcept {
    if (success == std::memory_order::acq_rel) return std::memory_order::acquire;
    return success == std::memory_order::release ? std::memory_order::relaxed : success;
}

}  // namespace revenant
