// The litmus tests on std::atomic, against C++'s own model.
#include <doctest/doctest.h>

#include <set>

#include "harness/native/test_rows.hpp"
#include "model/litmus/table.hpp"

namespace revenant::harness {

TEST_CASE("of the litmus tests ten that C++ allows are not reached, and none that it forbids") {
    const auto rows = native_rows("native_litmus");
    const std::set<std::string_view> missed{
        "2+2W_rlx",           "2+2W_rel",        "S_rlx", "Wcross_xchg",  // an order of stores that is not
        "IRIW_acq_sc",        "IRIW_rlxst_scld",  // … or of SC operations that is not the order of execution
        "MP_failedCAS_stale", "MP_CASwrongfail",  // a failed CAS that reads an older store
        "CASW_two_spurious",  "CASW_retry_twice"};
    REQUIRE(rows.size() == model::litmus::table().size());
    for (const auto& test : model::litmus::table()) {
        INFO(test.name);
        const auto& row = rows.at(std::string(test.name));
        CHECK((row["verdict"] == "broken") == (test.allowed && !missed.contains(test.name)));
    }
}

}  // namespace revenant::harness
