// Loops that wait, in ordinary C++: each test's verdict, and its number of executions where it is explored to
// the end.
#include <doctest/doctest.h>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("what a round of a waiting loop does besides is not left out with it") {
    check_rows(
        "native_rounds",
        {
            {"a_round_reads_what_another_thread_writes_later", "data-race", 0},
            {"a_round_writes_what_is_there,_and_another_thread_reads_it_later", "data-race", 0},
            {"a_round_loads_from_an_atomic_that_is_deleted_later", "data-race", 0},
            {"a_round_loads_from_an_atomic_that_is_deleted_at_the_end_right", "correct", 4},
            {"a_round_reads_what_the_thread_has_read_before_it_released_something", "data-race", 0},
            {"a_round_stores_what_is_there,_and_ends_what_another_thread_has_released", "data-race", 0},
            {"a_wait_for_one_of_two,_behind_another_wait_right", "correct", 3},
            {"two_wait_for_what_nobody_will_do,_beside_one_that_works", "livelock", 0},
            {"one_waits_for_what_nobody_will_do,_while_two_others_write_something_else", "livelock", 0},
            {"times_pass_while_another_thread_waits_in_a_loop", "invariant", 0},
            {"times_pass,_and_end_what_another_thread_waits_for_in_a_loop", "invariant", 0},
            {"times_pass_where_a_condition_variable_is,_while_another_thread_waits_in_a_loop", "invariant",
             0},
            {"a_thread_ends_the_program_with_a_mutex,_while_another_waits_in_a_loop", "invariant", 0},
            {"an_atomic_is_written_plainly_while_another_thread_waits_for_it", "data-race", 0},
            {"a_walk_along_a_list_comes_to_its_end_right", "correct", 1},
            {"a_walk_along_a_list_comes_to_its_end_before_the_list_changes", "invariant", 0},
        },
        {"--stop-at-first"});
}

TEST_CASE("a loop of tries that fail waits for whatever could make the next one another") {
    check_rows("native_tries",
               {
                   {"a_semaphore_that_is_tried_for_until_it_is_posted_right", "correct", 3},
                   {"two_try_for_a_semaphore_that_is_posted_twice_right", "correct", 90},
                   {"two_try_for_a_semaphore_that_is_posted_once", "livelock", 0},
                   {"a_semaphore_that_nobody_posts_is_tried_for", "livelock", 0},
                   {"a_semaphore's_value_is_looked_at_until_it_is_there_right", "correct", 5},
                   {"a_semaphore's_value_is_looked_at,_and_somebody_takes_it_again", "livelock", 0},
                   {"a_semaphore's_value_is_looked_at,_and_believed_to_order", "data-race", 0},
                   {"a_semaphore_is_tried_for_until_a_flag_is_set", "invariant", 0},
                   {"a_flag_is_waited_for,_and_a_value_that_is_looked_at_is_kept_elsewhere", "invariant", 0},
                   {"a_flag_is_waited_for,_and_a_try_has_left_its_error", "invariant", 0},
                   {"a_round_takes_one_from_a_semaphore,_until_there_is_none_left", "invariant", 0},
                   {"a_stdcounting_semaphore_that_is_tried_for_until_it_is_released_right", "correct", 2},
                   {"a_stdcounting_semaphore_is_released_between_two_tries", "invariant", 0},
               });
}

TEST_CASE("a loop of notifications that nobody hears waits for somebody to come") {
    check_rows(
        "native_unheard",
        {
            {"a_condition_variable_is_notified_until_somebody_has_heard_right", "correct", 9},
            {"a_condition_variable_is_notified_with_its_mutex_until_somebody_has_heard_right", "correct", 18},
            {"a_condition_variable_is_notified_until_somebody_has_heard,_and_has_done_more", "invariant", 0},
            {"a_condition_variable_is_notified_for_two_that_wait,_until_one_of_them_has_heard", "deadlock",
             0},
            {"a_condition_variable_is_notified_that_nobody_waits_for", "livelock", 0},
            {"an_atomic_is_notified_until_somebody_has_heard_right", "correct", 22, 20},
            {"a_futex_is_woken_until_somebody_waits_right", "correct", 2},
            {"a_futex_is_woken_until_somebody_waits,_who_need_not_wait", "livelock", 0},
            {"a_shared_mutex_is_tried_for_until_it_is_free_right", "correct", 2},
            {"a_share_is_tried_for_until_nobody_writes_right", "correct", 2},
            {"a_share_is_tried_for_until_nobody_writes,_and_somebody_writes_later", "data-race", 0},
            {"a_shared_mutex_is_tried_for_of_which_another_thread_keeps_a_share", "livelock", 0},
            {"a_round_takes_a_shared_mutex_and_keeps_it", "invariant", 0},
        });
}

TEST_CASE("a round that ends with a mutex is another state, and nobody waits with one that it gives back") {
    check_rows("native_held",
               {
                   {"a_round_takes_a_mutex_and_keeps_it,_until_there_is_none_left", "invariant", 0},
                   {"a_round_takes_a_mutex_and_gives_it_back_right", "correct", 0},
                   {"a_thread_waits_for_another_one_with_a_mutex_that_this_one_wants", "livelock", 0},
                   {"two_tries_find_mutexes_held_in_two_rounds", "invariant", 0},
                   {"a_thread_goes_hand_over_hand_round_two_mutexes_right", "undecided", 0},
               },
               {"--executions", "400"});
}

TEST_CASE("a loop that yields lets others go on, and ends, though each round changes what it takes back") {
    const auto rows = native_rows("native_counted", {"a_wait*", "--strategy", "dpor", "--rounds", "2"});
    const auto& right = rows.at("a_wait_until_a_weak_pointer_has_expired_right");
    CHECK(verdict_of(right) == "undecided");
    CHECK(right["ending"] == "exhausted");
    CHECK(right["executions"]["complete"] > 5);
    const auto all =
        native_rows("native_counted", {"a_wait*written*", "--strategy", "dpor", "--stop-at-first"});
    const auto& broken = all.at("a_wait_until_a_weak_pointer_has_expired,_and_what_is_written_after_that");
    CHECK(verdict_of(broken) == "data-race");
}

}  // namespace
}  // namespace revenant::harness
