#include "harness/threads/catch_rate.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {

TEST_CASE("Wilson's interval is the one of the tables") {
    struct Row {
        std::uint64_t caught, executions;
        double low, high;
    };
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    const Row rows[] = {
        {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0, 0.1611}, {1, 29, 0.0061, 0.1718}};
    for (const auto& row : rows) {
        CAPTURE(row.caught);
        const auto interval = wilson_interval(row.caught, row.executions);
        CHECK(interval.low == doctest::Approx(row.low).epsilon(0.01));
        CHECK(interval.high == doctest::Approx(row.high).epsilon(0.01));
    }
}

TEST_CASE("of nothing and of everything one end is exact") {
    CHECK(wilson_interval(0, 1000).low == 0);
    CHECK(wilson_interval(0, 1000).high > 0.003);
    CHECK(wilson_interval(1000, 1000).high == 1);
    CHECK(wilson_interval(1000, 1000).low < 0.997);
}

}  // namespace revenant::harness
