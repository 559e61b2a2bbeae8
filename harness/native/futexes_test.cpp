// Futexes by their system call.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("futexes look at their words as loads do, and wake in no order with changes of them") {
    check_rows("native_futexes",
               {
                   {"an_addition_in_no_order_with_one_that_wakes,_and_with_what_was_written_before_that",
                    "data-race", 0},
                   {"a_word_that_another_thread_writes_as_plain_data", "data-race", 0},
                   {"a_plain_word_that_was_written_before_right", "correct", 1},
                   {"a_word_that_has_been_freed", "use-after-free", 0},
                   {"who_is_woken_knows_the_word_of_who_has_woken_it_right", "correct", 3},
                   {"and_who_comes_after_it_knows_it_as_well_right", "correct", 4},
                   {"a_word_that_is_written_as_plain_data_in_no_order_with_a_look_at_it", "data-race", 0},
                   {"who_has_waited_has_seen_the_word_right", "correct", 4},
                   {"a_wake_for_none_wakes_one_right", "correct", 3},
                   {"a_word_that_lies_askew_right", "correct", 1},
                   {"the_upper_half_of_an_atomic", "undecided", 0},
                   {"a_set_of_bits", "undecided", 0},
                   {"a_load_in_no_order_with_an_addition", "invariant", 0},
               });
}

TEST_CASE("what full finds of an addition, its schedule brings back") {
    constexpr auto name = "a_load_in_no_order_with_an_addition";
    const auto row = native_rows("native_futexes", {name, "--strategy", "full"}).at(name);
    CHECK(verdict_of(row) == "invariant");
    const auto schedule = row["schedule"].get<std::string>();
    CHECK_MESSAGE(schedule.find(":av:") != std::string::npos, schedule);
}

}  // namespace
}  // namespace revenant::harness
