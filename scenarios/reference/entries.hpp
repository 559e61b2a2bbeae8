// The rows of the reference workload, in the world of a platform.
#pragma once

#include "scenarios/catalogue_of.hpp"
#include "scenarios/reference/bare_registry.hpp"

namespace revenant::scenarios {

template <class P>
void write_reference(catalogue<P>& c) {
    c.scenario("reference/bare_registry", "a weak registry's bare logic, counted by other model checkers too")
        .correct("weak_orders", runs<BareRegistry<P, WeakOrders>>, {.exhaustive_threads_max = 5})
        .correct("seq_cst", runs<BareRegistry<P, SeqCst>>, {.exhaustive_threads_max = 5})
        .broken("weak_orders+relaxed_decrement", runs<BareRegistry<P, RelaxedDecrement>>, {data_race},
                {.exhaustive_threads_max = 5})
        .broken("weak_orders+release_decrement", runs<BareRegistry<P, ReleaseDecrement>>, {data_race},
                {.exhaustive_threads_max = 5});
}

}  // namespace revenant::scenarios
