#include "model/order_override.hpp"

#include <utility>

namespace revenant::model {
namespace {

std::vector<OrderOverride>& in_force() {
    static std::vector<OrderOverride> overrides;
    return overrides;
}

}  // namespace

void set_overrides(std::vector<OrderOverride> overrides) { in_force() = std::move(overrides); }

std::memory_order overridden(const char* site, std::memory_order own) {
    if (site == nullptr) return own;
    for (const auto& entry : in_force()) {
        if (entry.site == site) return entry.order;
    }
    return own;
}

}  // namespace revenant::model
