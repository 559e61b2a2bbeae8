// The litmus tests on std::atomic, against C++'s own model.
#include <doctest/doctest.h>

#include <set>

#include "harness/native/test_rows.hpp"
#include "model/litmus/table.hpp"

namespace revenant::harness {

TEST_CASE("of the litmus tests five that C++ allows are not reached, and none that it forbids") {
    const auto rows = native_rows("native_litmus");
    // Each needs an order of stores, or of sequentially consistent operations, that is not the order of
    // execution.
    std::set<std::string_view> missed{"2+2W_rlx", "2+2W_rel", "S_rlx", "Wcross_xchg", "IRIW_acq_sc"};
    if (!weak_cas_may_fail) missed.insert({"CASW_one_spurious", "CASW_two_spurious", "CASW_retry_twice"});
    REQUIRE(rows.size() == model::litmus::table().size());
    for (const auto& test : model::litmus::table()) {
        INFO(test.name);
        const auto& row = rows.at(std::string(test.name));
        CHECK((row["verdict"] == "broken") == (test.allowed && !missed.contains(test.name)));
    }
}

TEST_CASE("where each load reads the newest value, fences are in no order") {
    const auto* const test = "two_threads_that_make_fences_between_stores_of_their_own_right";
    const auto newest = native_rows("native_memory", {"--test", test, "--strategy", "dpor", "--no-stale"});
    CHECK(newest.at(test)["executions"]["complete"] == 1);
    const auto all = native_rows("native_memory", {"--test", test, "--strategy", "dpor"});
    CHECK(all.at(test)["executions"]["complete"] > 100);
}

}  // namespace revenant::harness
