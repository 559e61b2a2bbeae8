// The scenarios in ordinary C++: each test's verdict, and its number of executions where it is explored to
// the end.
#include <doctest/doctest.h>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("the registry as anyone would write it is broken, and the tables of weak pointers are right") {
    check_rows("native_registry",
               {
                   {"legacy_registry_intern_against_the_last_release", "use-after-free", 0},
                   {"weak_table_two_threads", "correct", 7},
                   {"weak_table_three_threads", "correct", 75},
                   {"weak_table_four_threads", "correct", 1069},
                   {"weak_table_against_the_last_release_two_threads", "correct", 7},
                   {"weak_table_against_the_last_release_three_threads", "correct", 75},
                   {"weak_table_against_the_last_release_four_threads", "correct", 1069},
                   {"weak_ptr_lock_against_the_last_release", "correct", 5},
               });
}

TEST_CASE("symmetry divides the executions by the permutations of the threads that are alike") {
    const auto all = native_rows("native_registry", {"--no-symmetry"});
    const auto executions = [&](const char* test) { return all.at(test)["executions"]["complete"]; };
    CHECK(executions("weak_table_two_threads") == 7 * 2);
    CHECK(executions("weak_table_three_threads") == 75 * 6);
    CHECK(executions("weak_table_against_the_last_release_two_threads") == 7);
    CHECK(executions("weak_table_against_the_last_release_three_threads") == 75 * 2);
    CHECK(executions("weak_table_against_the_last_release_four_threads") == 1069 * 6);
}

TEST_CASE("threads that wait for each other") {
    check_rows("native_waiting", {
                                     {"condition_variable_a_lost_wake-up", "deadlock", 0},
                                     {"condition_variable_right", "correct", 4},
                                     {"two_mutexes_in_two_orders", "deadlock", 0},
                                     {"try_lock_against_a_lock", "correct", 3},
                                     {"a_flag_that_is_polled", "correct", 1},
                                     {"a_flag_that_nobody_sets", "livelock", 0},
                                     {"rounds_that_are_counted", "invariant", 0},
                                     {"a_flag_that_is_polled,_and_a_copy_of_it_kept", "correct", 2},
                                     {"semaphore", "correct", 5},
                                     {"latch", "correct", 12},
                                     {"future_and_exception", "correct", 1},
                                     {"call_once", "correct", 2},
                                     {"a_lock_made_by_hand", "correct", 0},
                                     {"a_mutex_in_its_place", "correct", 45},
                                 });
}

TEST_CASE("a lock made by hand is named by its line, and std::mutex advised; other rows have no advice") {
    const auto rows = native_rows("native_waiting");
    const auto advice = rows.at("a_lock_made_by_hand")["advice"].get<std::string>();
    INFO(advice);
    CHECK(advice.find(" is a lock made of compare_exchange at ") != std::string::npos);
    CHECK(advice.find("scenarios/native/waiting.cpp:") != std::string::npos);
    CHECK(advice.ends_with(": std::mutex in its place has far fewer executions."));
    CHECK(rows.at("a_lock_made_by_hand")["executions"]["blocked"] > 100);
    for (const auto& [test, row] : rows) {
        if (test != "a_lock_made_by_hand") CHECK_MESSAGE(row["advice"].is_null(), test);
    }
    CHECK(native_rows("native_large", {"--executions", "2000"})
              .at("counters_that_four_threads_raise_right")["advice"]
              .is_null());
}

TEST_CASE("memory orders, races and lives") {
    const char* const of_weak_cas = weak_cas_may_fail ? "invariant" : "correct";
    check_rows(
        "native_memory",
        {
            {"lost_update", "invariant", 0},
            {"fetch_add_right", "correct", 1},
            {"bytes_that_were_an_atomic_of_another_size_once_right", "correct", 2},
            {"bytes_that_were_an_atomic_of_another_size,_and_are_read_in_no_order_with_that", "data-race", 0},
            {"additions_whose_results_nobody_uses_order_nothing", "data-race", 0},
            {"one_of_two_additions_that_acquire_and_release_comes_after_the_other_right", "correct", 0},
            {"an_addition_comes_after_one_that_it_is_behind_by_a_flag_right", "correct", 0},
            {"a_fence_behind_an_addition_acquires_for_it_right", "correct", 0},
            {"a_failure_beside_counters_that_everybody_adds_to_in_order", "invariant", 0},
            {"a_weak_exchange_may_fail_for_no_reason,_and_be_counted", of_weak_cas, 0, 1},
            {"plain_data_race", "data-race", 0},
            {"published_by_a_relaxed_store", "data-race", 0},
            {"published_by_a_release_right", "correct", 2},
            {"two_flags,_relaxed", "invariant", 0},
            {"two_flags,_sequentially_consistent_right", "correct", 3},
            {"leak", "leak", 0},
            {"an_atomic_of_which_half_is_written_plainly,_and_then_loaded_right", "correct", 1},
            {"a_field_of_a_local_variable_that_two_threads_write", "data-race", 0},
            {"double_free", "double-free", 0},
            {"null_pointer", "assertion", 0},
            {"exception_that_nobody_catches", "assertion", 0},
            {"abort", "assertion", 0},
            {"memory_that_nobody_can_have,_and_memory_that_moves_right", "correct", 1},
            {"variables_begin_anew_right", "correct", 1},
            {"two_threads_that_make_fences_between_stores_of_their_own_right", "correct", 0},
        });
}

TEST_CASE("what a program tells a race detector is believed, but not that a lock is one") {
    check_rows("native_annotated", {
                                       {"nothing_is_said", "data-race", 0},
                                       {"happens_before_right", "correct", 2},
                                       {"happens_before_or_after", "data-race", 0},
                                       {"released_and_acquired_right", "correct", 2},
                                       {"released_and_acquired_elsewhere", "data-race", 0},
                                       {"a_race_that_is_meant", "data-race", 0},
                                       {"a_write_that_is_nobody's_business", "data-race", 0},
                                       {"a_lock_that_says_that_it_is_one_right", "correct", 2},
                                       {"a_lock_that_says_so,_and_is_none", "data-race", 0},
                                   });
}

TEST_CASE("an exchange of 16 bytes expects what lies at an address that 8 divides") {
    check_rows("native_pairs", {
                                   {"pairs_that_two_threads_exchange_right", "correct", 20},
                                   {"three_bytes_that_two_threads_exchange_right", "correct", 4},
                                   {"three_bytes,_read_and_then_stored", "invariant", 0},
                                   {"twelve_bytes_with_what_belongs_to_them_right", "correct", 2},
                                   {"twelve_bytes,_relaxed,_with_what_belongs_to_them", "data-race", 0},
                               });
}

TEST_CASE("mutexes that are locked together by code that is not optimised") {
    check_rows("native_together", {
                                      {"two_mutexes_locked_together,_in_two_orders_right", "correct", 45},
                                      {"two_mutexes_locked_together,_and_a_third_one_alone", "data-race", 0},
                                  });
}

TEST_CASE("a wake-up by nobody is told as what it is") {
    const auto rows = native_rows("native_times", {"wait_for_may_wake*"});
    const auto words =
        rows.at("wait_for_may_wake_without_a_reason")["finding"]["sentence"].get<std::string>();
    CHECK_MESSAGE(words.find("It takes a wake-up by nobody (step 2)") != std::string::npos, words);
    CHECK_MESSAGE(words.find("and no wait ends by itself, all goes well") != std::string::npos, words);
}

TEST_CASE("locks of every kind") {
    check_rows("native_locks",
               {
                   {"shared_mutex_right", "correct", 44},
                   {"shared_mutex,_written_by_a_reader", "data-race", 0},
                   {"shared_mutex,_readers_may_be_there_at_once", "invariant", 0},
                   {"shared_mutex,_readers_that_wait_for_each_other_right", "correct", 8},
                   {"shared_mutex,_try_lock_may_fail", "invariant", 0},
                   {"shared_mutex,_two_upgrades", "deadlock", 0},
                   {"timed_mutex,_may_be_out_of_time", "invariant", 0},
                   {"timed_mutex_right", "correct", 4},
                   {"recursive_mutex_right", "correct", 2},
                   {"scoped_lock_of_two,_in_two_orders_right", "correct", 45, 37},
                   // Clang has the first round's lock before the loop: another place, seen once only.
                   {"two_mutexes,_given_back_when_the_other_is_taken_right", "correct", 77, 238},
                   {"three_tries_may_fail_while_another_thread_goes_round", "invariant", 0},
                   {"a_mutex_that_is_tried_for_while_another_thread_reads_right", "correct", 4},
                   {"a_mutex_that_is_tried_for_until_it_is_free_right", "correct", 5},
                   // Clang keeps what it has read in a register: the second round is not as the first.
                   {"a_flag_that_is_polled_under_a_mutex_right", "correct", 3, 4},
                   {"a_flag_under_a_mutex_that_nobody_sets", "livelock", 0},
                   {"a_mutex_that_another_thread_unlocks", "invariant", 0},
                   {"a_mutex_that_is_destroyed_while_it_is_held", "invariant", 0},
                   {"a_mutex_that_is_freed_while_another_thread_waits", "use-after-free", 0},
                   {"pthread_exit_gives_back_what_the_stack_holds_right", "correct", 1},
                   {"a_read-write_lock_that_the_destructor_of_a_key_gives_back_right", "correct", 1},
                   {"jthread_and_stop_token_right", "correct", 2},
               });
}

TEST_CASE("waits that end with their time") {
    check_rows("native_times", {
                                   {"wait_for_may_be_out_of_time", "invariant", 0},
                                   {"wait_for_may_be_in_time", "invariant", 0},
                                   {"wait_for_may_wake_without_a_reason", "invariant", 0},
                                   {"wait_for_with_a_predicate_right", "correct", 8},
                                   {"wait_until_a_time_that_is_over_right", "correct", 4},
                                   {"a_wait_until_the_time_is_out_takes_so_long_right", "correct", 2},
                                   {"a_sleep_orders_nothing", "invariant", 0},
                                   {"a_clock_that_another_thread_has_looked_at_right", "correct", 2},
                                   {"a_flag_that_is_polled_until_a_deadline_right", "correct", 33},
                                   {"a_poll_may_be_out_of_time", "invariant", 0},
                                   {"a_flag_that_is_polled_with_sleeps_right", "correct", 3},
                                   {"try_acquire_for_may_be_out_of_time", "invariant", 0},
                                   {"try_acquire_for_may_be_in_time", "invariant", 0},
                                   {"clocks_that_were_looked_at_before_main_right", "correct", 1},
                                   {"a_time_long_ago_is_over_right", "correct", 1},
                                   {"a_time_that_never_comes_is_no_deadline_right", "correct", 4},
                                   {"what_is_no_time_is_refused_right", "correct", 1},
                               });
}

TEST_CASE("double-checked initialisation") {
    check_rows("native_once", {
                                  {"call_once_of_C_right", "correct", 2},
                                  {"double-checked,_relaxed", "data-race", 0},
                                  {"double-checked,_not_checked_again", "invariant", 0},
                                  {"double-checked_right", "correct", 4},
                                  {"static_local_right", "correct", 4},
                                  {"two_end_by_pthread_exit_and_share_nothing_right", "correct", 1},
                                  {"two_catch_what_they_throw_and_share_nothing_right", "correct", 1},
                              });
}

TEST_CASE("a table whose deleter erases by key, and by identity") {
    check_rows("native_tables", {
                                    {"deleter_erases_by_key", "invariant", 0},
                                    {"deleter_erases_by_identity_right", "correct", 10},
                                });
}

TEST_CASE("an object that is found while it is being destroyed") {
    check_rows("native_resurrection",
               {
                   {"shared_from_this_of_an_object_that_is_being_destroyed", "assertion", 0},
                   {"a_plain_pointer_to_an_object_that_is_being_destroyed", "data-race", 0},
                   {"a_list_of_weak_pointers_right", "correct", 5},
               });
}

TEST_CASE("threads that are alike, and threads that a program tells apart") {
    check_rows(
        "native_alike",
        {
            {"alike,_three_threads_right", "correct", 1},
            {"alike,_and_each_waits_for_a_thread_of_its_own_before_its_first_step_right", "correct", 0},
            {"different_arguments,_three_threads_right", "correct", 6},
            {"told_apart_by_what_they_return", "invariant", 0},
            {"told_apart_by_their_names", "invariant", 0},
            {"told_apart_by_a_step_between_two_joins", "invariant", 0},
            {"told_apart_by_a_look_between_two_joins", "data-race", 0},
            {"told_apart_by_what_was_written_between_two_starts", "data-race", 0},
            {"told_apart_as_only_the_second_is_joined", "deadlock", 0},
            {"told_apart_as_the_first_is_detached_and_the_second_joined", "deadlock", 0},
        });
}

TEST_CASE("a pool that is stopped while a task is on its way") {
    check_rows("native_pool", {
                                  {"pool,_stopped_without_the_mutex", "data-race", 0},
                                  {"pool,_stopped_with_a_task_left", "invariant", 0},
                                  {"pool_right", "correct", 26},
                              });
}

TEST_CASE("shared_ptr and weak_ptr") {
    check_rows("native_pointers", {
                                      {"weak_ptr.lock,_two_threads_right", "correct", 5},
                                      {"weak_ptr.lock,_three_threads_right", "correct", 181},
                                      {"weak_ptr.lock,_four_threads_right", "correct", 48163},
                                      {"shared_ptr,_copied_and_dropped_by_two_right", "correct", 2},
                                      {"shared_ptr,_one_object_used_by_two", "data-race", 0},
                                  });
}

TEST_CASE("the atomic shared_ptr of libstdc++ 12 has two races, and none once two unlocks are releases") {
    check_rows("native_atomic_pointers", {
                                             {"load_against_store", "data-race", 0},
                                             {"failing_exchange_against_store", "data-race", 0},
                                             {"a_reader_against_two_stores", "data-race", 0},
                                         });
    check_rows("native_atomic_pointers_mended", {
                                                    {"load_against_store", "correct", 9},
                                                    {"failing_exchange_against_store", "correct", 6},
                                                    {"a_reader_against_two_stores", "correct", 0},
                                                });
}

}  // namespace
}  // namespace revenant::harness
