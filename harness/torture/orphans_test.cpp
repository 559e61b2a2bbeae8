#include "harness/torture/orphans.hpp"

#include <doctest/doctest.h>

#include "harness/process/child_process.hpp"

namespace revenant::harness::torture {
namespace {

TEST_CASE("a child that its parent has left behind is found, and ended") {
    adopt_orphans();
    const auto left = "(exec sleep 1000) >/dev/null 2>&1 & exit 0";
    CHECK(ChildProcess("/bin/sh", {"-c", left}, {}).finish().status == 0);
    CHECK(orphans_left(0) == 1);
    CHECK(orphans_left(0) == 0);
}

TEST_CASE("a child that ends soon after its parent is none") {
    adopt_orphans();
    const auto soon = "(sleep 0.1; exit 3) >/dev/null 2>&1 & exit 0";
    CHECK(ChildProcess("/bin/sh", {"-c", soon}, {}).finish().status == 0);
    CHECK(orphans_left(60) == 0);
}

}  // namespace
}  // namespace revenant::harness::torture
