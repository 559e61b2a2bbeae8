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

}  // namespace revenant::harness
