#include "model/order_override.hpp"

#include <doctest/doctest.h>

namespace revenant::model {

TEST_CASE("an override replaces the order of the site that it names, and of no other") {
    set_overrides({{"type.release", std::memory_order::relaxed}});
    CHECK(overridden("type.release", std::memory_order::acq_rel) == std::memory_order::relaxed);
    CHECK(overridden("type.acquire", std::memory_order::acquire) == std::memory_order::acquire);
    CHECK(overridden(nullptr, std::memory_order::seq_cst) == std::memory_order::seq_cst);
    set_overrides({});
    CHECK(overridden("type.release", std::memory_order::acq_rel) == std::memory_order::acq_rel);
}

}  // namespace revenant::model
