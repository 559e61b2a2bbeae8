#include "scenarios/reference/bare_registry.hpp"
#include "scenarios/sections.hpp"

namespace revenant::scenarios {

void add_reference_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    constexpr auto id = "reference/bare_registry";
    to.push_back({id, "weak_orders", correct(), make_program<BareRegistry<WeakOrders>>});
    to.push_back({id, "seq_cst", correct(), make_program<BareRegistry<SeqCst>>});
    to.push_back({id, "weak_orders+relaxed_decrement", broken({Kind::data_race}),
                  make_program<BareRegistry<RelaxedDecrement>>});
    to.push_back({id, "weak_orders+release_decrement", broken({Kind::data_race}),
                  make_program<BareRegistry<ReleaseDecrement>>});
    for (auto& entry : to) {
        if (entry.scenario == id) entry.exhaustive_threads_max = 5;
    }
}

}  // namespace revenant::scenarios
