// The rows of the tutorial, in the world of a platform.
#pragma once

#include "scenarios/catalogue_of.hpp"
#include "scenarios/tutorial/claim_vs_read.hpp"
#include "scenarios/tutorial/lost_update.hpp"
#include "scenarios/tutorial/publish_vs_read.hpp"

namespace revenant::scenarios {

template <class P>
void write_tutorial(catalogue<P>& c) {
    c.scenario("tutorial/lost_update", "every thread adds one to a counter (the smallest example)")
        .broken("load_then_store", runs<LostUpdate<P, LoadThenStore>>, {invariant}, {.fix = "fetch_add"})
        .correct("fetch_add", runs<LostUpdate<P, FetchAdd>>);

    c.scenario("tutorial/publish_vs_read",
               "one thread writes a value and raises a flag, the others look at both")
        .broken("value_then_flag", runs<PublishVsRead<P, ValueThenFlag>>, {assertion},
                {.fix = "flag_then_value"})
        .correct("flag_then_value", runs<PublishVsRead<P, FlagThenValue>>)
        .broken("flag_then_value+relaxed_look", runs<PublishVsRead<P, FlagThenValue>>, {assertion},
                {.only_stale = true, .orders = relaxed_at(FlagThenValue::look)})
        .correct("fences", runs<PublishVsRead<P, Fences>>);

    c.scenario("tutorial/claim_vs_read", "one thread puts its node into a slot, the others look for one")
        .broken("weak_once", runs<ClaimVsRead<P, WeakClaimOnce>>, {invariant},
                {.fix = "weak_in_loop", .only_stale = true})
        .correct("weak_in_loop", runs<ClaimVsRead<P, WeakClaimInLoop>>)
        .correct("strong", runs<ClaimVsRead<P, StrongClaim>>);
}

}  // namespace revenant::scenarios
