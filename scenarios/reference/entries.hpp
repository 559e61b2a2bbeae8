// The entries of the reference workload, in the world of a platform.
#pragma once

#include "scenarios/reference/bare_registry.hpp"
#include "scenarios/sections.hpp"

namespace revenant::scenarios {

template <class P>
void add_reference_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    constexpr auto id = "reference/bare_registry";
    to.push_back({id, "weak_orders", correct(), make_program<BareRegistry<P, WeakOrders>>});
    to.push_back({id, "seq_cst", correct(), make_program<BareRegistry<P, SeqCst>>});
    to.push_back({id, "weak_orders+relaxed_decrement", broken({Kind::data_race}),
                  make_program<BareRegistry<P, RelaxedDecrement>>});
    to.push_back({id, "weak_orders+release_decrement", broken({Kind::data_race}),
                  make_program<BareRegistry<P, ReleaseDecrement>>});
    for (auto& entry : to) {
        if (entry.scenario == id) entry.exhaustive_threads_max = 5;
    }
}

}  // namespace revenant::scenarios
