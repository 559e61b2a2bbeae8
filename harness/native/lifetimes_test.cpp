// What lives too short.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("what is used after its thread has ended, or before it is known to be there") {
    check_rows("native_lifetimes",
               {
                   {"a_variable_of_a_thread_that_has_ended", "use-after-free", 0},
                   {"a_variable_of_a_thread_that_ends_in_no_order_with_its_use", "invariant", 0},
                   {"a_variable_of_a_thread_that_waits_right", "correct", 2},
                   {"a_thread_local_variable_of_a_thread_that_has_ended", "use-after-free", 0},
                   {"memory_whose_allocation_comes_before_nothing", "data-race", 0},
                   {"memory_whose_allocation_comes_before_right", "correct", 2},
                   {"a_mutex_that_is_destroyed,_and_locked", "invariant", 0},
                   {"a_mutex_that_is_destroyed,_and_initialised_right", "correct", 1},
                   {"a_mutex_that_is_taken_while_it_is_initialised", "data-race", 0},
                   {"a_mutex_that_is_initialised_again_once_nobody_takes_it_right", "correct", 4},
                   {"a_barrier_that_is_destroyed,_and_waited_at", "invariant", 0},
                   {"a_barrier_that_is_initialised_twice", "invariant", 0},
                   {"a_barrier_that_is_initialised,_destroyed_and_initialised_right", "correct", 1},
                   {"a_semaphore_that_is_destroyed,_and_posted", "invariant", 0},
                   {"a_mutex_in_a_block_that_is_freed_while_it_is_held", "invariant", 0},
                   {"a_mutex_in_a_block_that_is_freed_while_another_thread_may_hold_it", "invariant", 0},
                   {"a_read-write_lock_in_a_block_that_is_freed_while_it_is_shared", "invariant", 0},
                   {"a_mutex_on_the_stack_of_a_thread_that_ends_and_holds_it", "invariant", 0},
                   {"a_mutex_in_a_block_that_is_freed_once_it_is_free_right", "correct", 1},
                   {"delete_of_what_malloc_has_allocated", "double-free", 0},
                   {"delete_of_what_new[]_has_made", "double-free", 0},
                   {"delete_of_what_new[]_has_made,_and_what_fails_behind", "invariant", 0},
                   {"free_of_what_new_has_made", "double-free", 0},
                   {"each_kind_of_memory_freed_as_it_was_allocated_right", "correct", 1},
               });
}

TEST_CASE("memory given back in another kind's way hides nothing, and is told last") {
    constexpr auto test = "delete_of_what_new[]_has_made,_and_what_fails_behind";
    const auto row = native_rows("native_lifetimes", {"delete_of_what_new*behind"}).at(test);
    REQUIRE(row["behind"]["findings"].size() == 1);
    const auto& last = row["behind"]["findings"][0];
    CHECK(last["kind"] == "double-free");
    CHECK(last["sentence"].get<std::string>().find("delete[] frees") != std::string::npos);
    const auto schedule = row["schedule"].get<std::string>();
    CHECK_MESSAGE(schedule.find(":2:mv:") != std::string::npos, schedule);
    const auto alone =
        native_rows("native_lifetimes", {"delete_of_what_new*behind", "--stop-at-first"}).at(test);
    CHECK(verdict_of(alone) == "double-free");
}

}  // namespace
}  // namespace revenant::harness
