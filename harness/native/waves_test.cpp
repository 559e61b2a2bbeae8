// More threads in an execution, or at a time, than there is room for.
#include <doctest/doctest.h>

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

constexpr Expected with_room_for_16[] = {
    {"in_turn,_on_plain_data_right", "correct", 1},
    {"in_turn,_and_the_thirtieth_races_with_one_that_goes_on_beside_them", "data-race", 0},
    {"in_turn,_and_each_may_come_before_one_that_goes_on_beside_them_right", "correct", 41},
    {"in_turn,_and_what_one_thread_alone_has_right", "correct", 1},
    {"in_turn_on_one_stack,_and_two_that_are_in_no_order_behind_them_right", "correct", 2},
    {"in_turn,_and_each_waits_for_what_one_beside_them_does_right", "correct", 1},
    {"in_turn,_and_each_looks_once_at_what_nobody_changes_right", "correct", 1},
    {"in_turn,_and_the_thirtieth_waits_for_what_nobody_does", "livelock", 0},
    {"in_turn,_and_the_next_one_uses_what_the_last_had_on_its_stack", "use-after-free", 0},
    {"in_turn,_and_the_first_has_kept_a_mutex_that_a_later_one_gives_back", "invariant", 0},
    {"in_turn,_and_each_has_its_own_thread_write_on_its_stack_right", "correct", 1},
    {"in_turn,_and_one_beside_them_starts_its_own_when_they_have_ended", "undecided", 0},
    {"three_at_a_time,_five_times_right", "correct", 1},
    {"two_at_a_time,_eight_times_a_lost_update_in_the_last", "invariant", 0},
    {"two_that_are_alike,_and_many_behind_them_whose_results_are_asked_for_right", "correct", 1},
    {"in_turn,_each_with_a_task_of_its_own,_and_a_load_that_comes_before_them_or_behind", "invariant", 0},
    {"three_unlike_ones_behind_fifteen_that_were_alike", "invariant", 0},
    {"two_start_nine_each,_in_turn_right", "correct", 1},
};

std::vector<Expected> expected() { return {std::begin(with_room_for_16), std::end(with_room_for_16)}; }

TEST_CASE("who has been joined makes room for another thread, which is like one that goes on") {
    const InEnvironment few("REVENANT_MANY_THREADS", "0");
    check_rows("native_waves", expected());
}

TEST_CASE("where there is room for more, nobody has to make room, and what comes of it is the same") {
    const InEnvironment many("REVENANT_MANY_THREADS", "1");
    auto rows = expected();
    for (auto& row : rows) {
        if (std::string_view(row.verdict) == "undecided") row = {row.test, "correct", 1};
    }
    check_rows("native_waves", rows);
}

TEST_CASE("a process whose program has more threads than there is room for begins again with more room") {
    check_rows("native_crowds",
               {
                   {"sixteen_and_the_first,_each_with_a_mutex_of_its_own,_right", "correct", 1},
                   {"a_hundred_and_twenty-seven_and_the_first_add_to_one_number,_right", "correct", 1},
                   {"a_hundred_that_write,_and_one_that_reads_between_two_halves", "invariant", 0},
                   {"thirty_of_which_two_write_to_one_number", "data-race", 0},
                   {"forty,_and_the_first_waits_for_the_last,_right", "correct", 4},
                   {"seventy,_and_the_last_waits_for_what_nobody_does", "livelock", 0},
               });
    const auto* const half = "a_hundred_that_write,_and_one_that_reads_between_two_halves";
    const std::string schedule = native_rows("native_crowds", {half}).at(half)["schedule"];
    const ScratchFolder folder;
    const auto replayed = run_native("native_crowds", {"--replay", schedule}, folder.path());
    CHECK_MESSAGE(replayed.out.find("invariant: !half") != std::string::npos, replayed.err);
}

}  // namespace
}  // namespace revenant::harness
