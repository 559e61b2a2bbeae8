// The portfolio where one execution takes long (scenarios/native/slow.cpp).
#include <doctest/doctest.h>

#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("each strategy of the portfolio has its turn, however long an execution takes") {
    const ScratchFolder folder;
    const auto slow = run_native("native_slow", {"--budget", "3s"}, folder.path());
    INFO(slow.out);
    CHECK(slow.status == exit_undecided);
    CHECK(slow.out.find("pct 0,") == std::string::npos);
    CHECK(slow.out.find("random 0,") == std::string::npos);
    CHECK(slow.out.find("No execution fails in which") != std::string::npos);
}

}  // namespace
}  // namespace revenant::harness
