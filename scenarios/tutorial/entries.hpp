// The entries of the tutorial, in the world of a platform.
#pragma once

#include "scenarios/sections.hpp"
#include "scenarios/tutorial/claim_vs_read.hpp"
#include "scenarios/tutorial/lost_update.hpp"
#include "scenarios/tutorial/publish_vs_read.hpp"

namespace revenant::scenarios {

template <class P>
void add_tutorial_entries(std::vector<Entry>& to) {
    using Kind = model::FindingKind;
    constexpr auto lost = "tutorial/lost_update";
    to.push_back(
        {lost, "load_then_store", broken({Kind::invariant}), make_program<LostUpdate<P, LoadThenStore>>});
    to.push_back({lost, "fetch_add", correct(), make_program<LostUpdate<P, FetchAdd>>});

    constexpr auto publish = "tutorial/publish_vs_read";
    to.push_back({publish, "value_then_flag", broken({Kind::assertion}),
                  make_program<PublishVsRead<P, ValueThenFlag>>});
    to.push_back({publish, "flag_then_value", correct(), make_program<PublishVsRead<P, FlagThenValue>>});
    to.push_back({publish,
                  "flag_then_value+relaxed_look",
                  only_stale(broken({Kind::assertion})),
                  make_program<PublishVsRead<P, FlagThenValue>>,
                  {{FlagThenValue::look.name, std::memory_order::relaxed}}});
    to.push_back({publish, "fences", correct(), make_program<PublishVsRead<P, Fences>>});

    constexpr auto claim = "tutorial/claim_vs_read";
    to.push_back({claim, "weak_once", only_stale(broken({Kind::invariant})),
                  make_program<ClaimVsRead<P, WeakClaimOnce>>});
    to.push_back({claim, "weak_in_loop", correct(), make_program<ClaimVsRead<P, WeakClaimInLoop>>});
    to.push_back({claim, "strong", correct(), make_program<ClaimVsRead<P, StrongClaim>>});
}

}  // namespace revenant::scenarios
