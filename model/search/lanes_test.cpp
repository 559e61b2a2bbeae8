// Lanes beside what they stand for: the same, entry by entry.
#include "model/search/lanes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

namespace revenant::model::search {
namespace {

TEST_CASE_TEMPLATE("lanes do to all entries what a loop does to each", Entry, std::uint16_t, std::uint32_t) {
    using Clocks = Lanes<Entry, 16>;
    using Entries = typename Clocks::Entries;
    std::uint32_t seed = 1;
    const auto next = [&] { return static_cast<Entry>((seed = seed * 1'664'525 + 1'013'904'223) >> 30); };
    unsigned answers = 0;
    for (int round = 0; round < 2000; ++round) {
        Entries one{};
        Entries other{};
        // Few entries, so that each question has both answers.
        for (int i = 0; i < 3; ++i) one[(seed >> 8) % 16] = next();
        for (int i = 0; i < 24; ++i) other[(seed >> 8) % 16] = next();
        bool any_greater = false;
        bool any_within = false;
        auto greatest = one;
        for (std::size_t i = 0; i < one.size(); ++i) {
            any_greater = any_greater || one[i] > other[i];
            any_within = any_within || (one[i] != 0 && one[i] <= other[i]);
            greatest[i] = std::max(one[i], other[i]);
        }
        CHECK(Clocks::any_greater(one, other) == any_greater);
        CHECK(Clocks::any_within(one, other) == any_within);
        answers |= 1u << (any_greater ? 0 : 1) | 1u << (any_within ? 2 : 3);
        Clocks::join(one, other);
        CHECK(one == greatest);
    }
    CHECK(answers == 15);
}

TEST_CASE("entries with the highest bit are the greatest ones, unless they are compared as signed") {
    using Unsigned = Lanes<std::uint16_t, 8>;
    using Signed = Lanes<std::uint16_t, 8, std::int16_t>;
    const Unsigned::Entries high{0x8000};
    const Unsigned::Entries low{1};
    CHECK(Unsigned::any_greater(high, low));
    CHECK_FALSE(Signed::any_greater(high, low));
}

}  // namespace
}  // namespace revenant::model::search
