// What lies in libstdc++'s library, which is not compiled with -fsanitize=thread.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

constexpr auto own_set = "a_set,_one_inserts_while_one_goes_through_it,_and_then_fills_a_set_of_its_own";

TEST_CASE("behind a race on a container nothing is said of another one") {
    const auto row = native_rows("native_containers", {own_set}).at(own_set);
    CHECK(verdict_of(row) == "data-race");
    REQUIRE(row["behind"]["findings"].size() == 1);  // the number in the node that is new
    CHECK(row["behind"]["findings"][0]["sentence"].get<std::string>().find(".storage") != std::string::npos);
    CHECK(row["behind"]["ending"] == "exhausted");
}

TEST_CASE("containers and exceptions that threads share") {
    check_rows("native_containers",
               {
                   {"an_LRU_cache_whose_get_has_the_shared_lock", "data-race", 0},
                   {"an_LRU_cache_whose_get_has_the_lock_alone_right", "correct", 4},
                   {"a_map,_one_inserts_and_one_looks_up", "data-race", 0},
                   {"a_map_with_a_mutex,_one_inserts_and_one_looks_up_right", "correct", 2},
                   {"a_map,_one_erases_while_one_goes_through_it", "data-race", 0},
                   {"a_map_that_two_go_through,_in_both_directions_right", "correct", 1},
                   {"a_set,_one_goes_back_from_its_end_while_one_inserts", "data-race", 0},
                   {own_set, "data-race", 0},
                   {"a_list,_one_adds_while_one_goes_through_it", "data-race", 0},
                   {"a_list,_one_turns_it_round_while_one_looks_at_its_first", "data-race", 0},
                   {"a_list,_one_swaps_it_while_one_erases_from_it", "data-race", 0},
                   {"a_string_that_two_append_to", "data-race", 0},
                   {"a_string_that_two_append_to_with_a_mutex_right", "correct", 2},
                   {"a_string_as_a_key_while_another_thread_writes_into_it", "data-race", 0},
                   {"an_exception_that_two_threads_handle,_and_the_last_destroys_right", "correct", 20},
                   {"an_exception_that_the_end_of_a_handler_destroys_right", "correct", 20},
                   {"an_exception_that_two_threads_handle,_and_both_assign_to", "data-race", 0},
                   {"an_exception_of_the_program's_own,_whose_destructor_writes_right", "correct", 2},
               },
               {"--stop-at-first"});
}

TEST_CASE("std::string in C++17 is the program's own code, or a note says that it is not seen") {
    const ScratchFolder folder;
    const auto seen = run_native("native_strings", {}, folder.path());
    CHECK(seen.status == exit_not_as_expected);
    CHECK(seen.out.find("data-race") != std::string::npos);
    CHECK(seen.err.empty());
    const auto unseen = run_native("native_strings_stock", {}, folder.path());
    CHECK(unseen.err.find("note: the program takes std::string's functions from libstdc++") !=
          std::string::npos);
    CHECK(unseen.err.find("-D_GLIBCXX_ASSERTIONS") != std::string::npos);
}

}  // namespace
}  // namespace revenant::harness
