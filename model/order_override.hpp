// Order overrides: a place in the code, by name, runs with another memory order than it asks for. This
// is how an order is audited, and how "one order weakened" is a mutant without a copy of the code.
#pragma once

#include <atomic>
#include <string_view>
#include <vector>

namespace revenant::model {

struct OrderOverride {
    std::string_view site;  ///< as order_site::name
    std::memory_order order;
};

/// Replaces the overrides in force. The names must outlive them.
void set_overrides(std::vector<OrderOverride> overrides);

/// The order that the site runs with: its own, or the override's. A null site is never overridden.
[[nodiscard]] std::memory_order overridden(const char* site, std::memory_order own);

}  // namespace revenant::model
