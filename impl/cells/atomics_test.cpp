// What a Platform promises of its atomics, of both production platforms.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <revenant/debug_platform.hpp>
#include <revenant/std_platform.hpp>
#include "impl/cells/test_atomics.hpp"

namespace revenant {
namespace {

TEST_CASE_TEMPLATE("platform.atomic has the members of std::atomic", P, std_platform, debug_platform) {
    int claims = 0;
    claims_of_atomics<P>([&](bool holds, const char* text) {
        CHECK_MESSAGE(holds, std::string(text));
        ++claims;
    });
    CHECK(claims > 40);
}

/// Has the lines that it is called from instead of a value.
struct lines {
    using value_type = int;
    using order = std::memory_order;
    static constexpr bool is_nothrow = false;
    lines(int, cell_name) {}
    void store(int, order, std::source_location where, const char* = "") { seen.push_back(where.line()); }
    template <atomic_change>
    int change(int, order, std::source_location where) {
        seen.push_back(where.line());
        return 0;
    }
    std::vector<unsigned> seen;
};
struct lines_cell : basic_atomic<lines> {
    using basic_atomic<lines>::operator=;
    using lines::seen;
};

TEST_CASE("a call of an atomic, and an operator with an operand, stand with the caller's line") {
    lines_cell cell;
    const unsigned line = __LINE__ + 1;
    cell.store(1);
    cell.fetch_add(1);
    cell = 1;
    cell += 1;
    cell ^= 1;
    CHECK(cell.seen == std::vector{line, line + 1, line + 2, line + 3, line + 4});
}

}  // namespace
}  // namespace revenant
