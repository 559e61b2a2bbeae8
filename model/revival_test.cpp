#include "model/revival.hpp"

#include <doctest/doctest.h>

#include "model/trace_builder.hpp"

namespace revenant::model {
namespace {

using K = OperationKind;

/// T1 brings the count of a block to 0, T2 takes it again, T1 frees what it has, T2 uses it.
struct Revived : TraceBuilder {
    BlockId block = make(setup_thread, "block");
    BlockId other = make(setup_thread, "other");
    CellId count = cell(block, "+0");
    CellId data = cell(block, "+8");
    CellId data_of_other = cell(other, "+0");
    std::uint64_t reached = 0;  ///< what T1 brings the count to

    std::string told(int who_frees, BlockId freed, CellId used) {
        add(0, K::fetch_sub, count, reached + 1, reached);
        add(1, K::fetch_add, count, reached, reached + 1);
        free(who_frees, freed);
        add(1, K::read, used);
        Finding finding;
        finding.kind = FindingKind::use_after_free;
        finding.step = next() - 1;
        return revival_before(trace, finding);
    }
};

TEST_CASE("a revived count is told as what a failure on its own block comes of") {
    Revived made;
    CHECK(made.told(0, made.block, made.data) ==
          " It comes of a revived count: T1 brought block#1.+0 to 0 (step 3), and T2 took it from 0 to 1 "
          "again (step 4).");
}

TEST_CASE("… and on a block that was freed by who had brought the count to 0") {
    Revived made;
    CHECK_FALSE(made.told(0, made.other, made.data_of_other).empty());
}

TEST_CASE("a counter that goes up and down explains no failure of another block") {
    Revived made;
    CHECK(made.told(1, made.other, made.data_of_other).empty());
}

TEST_CASE("a counter that one thread takes down and up again is not revived") {
    Revived made;
    made.add(0, K::fetch_sub, made.count, 1, 0);
    made.add(0, K::fetch_add, made.count, 0, 1);
    made.free(0, made.block);
    made.add(1, K::read, made.data);
    Finding finding;
    finding.step = made.next() - 1;
    CHECK(revival_before(made.trace, finding).empty());
}

TEST_CASE("a revived count explains no failure on a block that is freed later") {
    Revived made;
    made.add(0, K::fetch_sub, made.count, 1, 0);
    made.add(1, K::fetch_add, made.count, 0, 1);
    made.add(1, K::read, made.data_of_other);
    Finding finding;
    finding.step = made.next() - 1;
    made.free(0, made.other);
    CHECK(revival_before(made.trace, finding).empty());
}

TEST_CASE("a count that was not at 0 is not revived") {
    Revived made;
    made.reached = 1;
    CHECK(made.told(0, made.block, made.data).empty());
}

TEST_CASE("a count that rises in another life of its memory is not revived") {
    Revived made;
    made.add(0, K::fetch_sub, made.count, 1, 0);
    made.free(0, made.block);
    made.add(1, K::fetch_add, made.count, 0, 1);
    Finding finding;
    finding.step = made.next();
    made.add(1, K::read, made.data);
    CHECK(revival_before(made.trace, finding).empty());
}

}  // namespace
}  // namespace revenant::model
