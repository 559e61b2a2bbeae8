// What is noted is put back, the oldest note last; and a prefix gives back what it was given.
#include "model/native/undo_log.hpp"

#include <doctest/doctest.h>

#include <array>

#include "model/native/prefix.hpp"

namespace revenant::model::native {
namespace {

TEST_CASE("rolled back to a size, each part holds what it held when there were so many notes") {
    std::array<int, 2> parts{10, 20};
    UndoLog<std::size_t, int> log;
    const auto change = [&](std::size_t part, int to) {
        log.note(part, parts[part]);
        parts[part] = to;
    };
    const auto put_back = [&](std::size_t part, int before) { parts[part] = before; };
    change(0, 11);
    change(1, 21);
    const auto size = log.size();
    change(0, 12);
    change(0, 13);
    log.roll_back(size, put_back);
    CHECK(parts == std::array<int, 2>{11, 21});
    log.roll_back(0, put_back);
    CHECK(parts == std::array<int, 2>{10, 20});
}

TEST_CASE("a prefix gives turns and answers in the order in which they were added, up to its extent") {
    Prefix prefix;
    prefix.begin();
    prefix.add_answer(1, 100, false, 0);
    prefix.add_turn(2);
    prefix.add_turn(0);
    prefix.add_answer(3, 300, true, 301);
    const auto extent = prefix.extent();
    prefix.add_turn(1);
    prefix.add_answer(4, 400, false, 0);

    prefix.shorten(extent);
    REQUIRE(prefix.answer_is_due());
    CHECK(prefix.answer().place == 1);
    CHECK_FALSE(prefix.answer_is_due());
    CHECK(prefix.turn() == 2);
    CHECK_FALSE(prefix.answer_is_due());
    CHECK(prefix.turn() == 0);
    CHECK_FALSE(prefix.has_turn());
    CHECK_FALSE(prefix.is_at_end());
    REQUIRE(prefix.answer_is_due());
    CHECK(static_cast<int>(prefix.answer().stored) == 301);
    CHECK(prefix.is_at_end());
}

}  // namespace
}  // namespace revenant::model::native
