// A body's rules that hold after every step, in the model: the example of the page.
#include <doctest/doctest.h>

#include "scenarios/body.hpp"
#include "scenarios/test_body_search.hpp"

namespace revenant::scenarios {
namespace {

using P = model::relacy::relacy_platform;

/// WRONG ON PURPOSE where nothing is taken first: the money is there twice for a moment.
template <class P, bool takes_first>
struct Transfer {
    void operator()(scenario<P>& s) const {
        using Balance = typename P::template atomic<int>;
        auto& from = s.template make<Balance>("from", 2, cell_name{"balance"});
        auto& to = s.template make<Balance>("to", 0, cell_name{"balance"});
        s.at_every_step([&] { return from.load() + to.load() <= 2; }, "no money is made");
        s.threads(s.count(), "transfer", [&] {
            if (takes_first) from.fetch_sub(1);
            to.fetch_add(1);
            if (!takes_first) from.fetch_sub(1);
        });
    }
};

TEST_CASE("a body's rule that only a moment between two steps breaks is found broken by the first of them") {
    const auto outcome = searched<Transfer<P, false>>(2);
    REQUIRE(outcome.finding);
    CHECK(outcome.finding->kind == model::FindingKind::invariant);
    CHECK(outcome.finding->sentence ==
          "The rule that no money is made is found broken after T1's to#1.balance fetch_add 0→1 (step 3).");
}

TEST_CASE("a body's rule that holds is proven, in each order of the changes") {
    const auto two = searched<Transfer<P, true>>(2);
    CHECK(two.exhaustive);
    CHECK(two.executions_complete == 6);  // 4 over 2
    CHECK(searched<Transfer<P, true>>(3).executions_complete == 90);
}

}  // namespace
}  // namespace revenant::scenarios
