// The entries of the README's example, in the world of a platform.
#pragma once

#include "scenarios/sections.hpp"
#include "scenarios/tutorial/lost_update.hpp"

namespace revenant::scenarios {

template <class P>
void add_tutorial_entries(std::vector<Entry>& to) {
    constexpr auto id = "tutorial/lost_update";
    to.push_back({id, "load_then_store", broken({model::FindingKind::invariant}),
                  make_program<LostUpdate<P, LoadThenStore>>});
    to.push_back({id, "fetch_add", correct(), make_program<LostUpdate<P, FetchAdd>>});
}

}  // namespace revenant::scenarios
