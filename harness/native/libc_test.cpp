// What functions of libc read and write, byte by byte.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

// Of this program, so many of which race.
void check_touches(const char* program, int expected) {
    CAPTURE(program);
    const auto rows = native_rows(program, {"--stop-at-first", "--strategy", "dpor"});
    const auto races = std::count_if(rows.begin(), rows.end(),
                                     [](const auto& row) { return verdict_of(row.second) == "data-race"; });
    CHECK(races == expected);
    for (const auto& [name, row] : rows) {
        CAPTURE(name);
        if (name.ends_with("too_small") || name.starts_with("printf_of_a_format") ||
            name.ends_with("freed") || name.ends_with("lock") || name.ends_with("their_end")) {
            continue;  // see below
        }
        CHECK(verdict_of(row) == (name.ends_with("right") ? "correct" : "data-race"));
    }
}

TEST_CASE("what libc reads or writes races with who writes it, and what lies behind does not") {
    check_touches("native_libc", 109);
    check_touches("native_libc_input", 47);
    check_touches("native_libc_more", 78);
    check_touches("native_libc_wide", 40);
}

TEST_CASE("what libc ends the program for is a finding") {
    const auto row = native_rows("native_libc", {"strcpy_into_a_room_that_is_too_small"})
                         .at("strcpy_into_a_room_that_is_too_small");
    CHECK(verdict_of(row) == "assertion");
    const auto words = row["finding"]["sentence"].get<std::string>();
    CHECK_MESSAGE(words.find("SIGABRT") != std::string::npos, words);
    CHECK_MESSAGE(words.find("buffer overflow detected") != std::string::npos, words);
    // … also where it holds a lock, which the end of the search would wait for.
    constexpr auto locked = "printf_of_a_format_that_it_may_not_write_to,_with_the_lock_of_stdout";
    CHECK(verdict_of(native_rows("native_libc", {"printf_of_a_format*"}).at(locked)) == "assertion");
    constexpr auto of_a_file = "fgetws_of_a_stream_that_has_no_wide_letters,_with_its_lock";
    CHECK(verdict_of(native_rows("native_libc_input", {"fgetws_of_a_stream*"}).at(of_a_file)) == "assertion");
}

TEST_CASE("what a program has before main, and shares with libc") {
    check_rows("native_process",
               {
                   {"a_semaphore_from_before_main_right", "correct", 1},
                   {"a_barrier_from_before_main_right", "correct", 1},
                   {"a_key_from_before_main_right", "correct", 1},
                   {"memory_from_before_main_begins_anew_right", "correct", 1},
                   {"memory_from_before_main,_freed_twice", "use-after-free", 0},
                   {"memory_that_was_never_allocated_is_freed", "double-free", 0},
                   {"what_is_printed_and_what_is_allocated_right", "correct", 1},
                   {"memory_that_libc_allocates_right", "correct", 1},
                   {"a_string_that_is_copied_while_it_is_written", "data-race", 0},
                   {"random_numbers_are_the_same_each_time_right", "correct", 1},
                   {"a_loop_that_reads_equal_bytes,_and_their_end", "invariant", 0},
                   {"a_loop_that_reads_equal_characters,_and_their_end", "invariant", 0},
                   {"a_loop_that_draws_numbers_from_a_seed_of_its_own", "invariant", 0},
                   {"a_plain_flag_that_is_polled", "data-race", 0},
                   {"large_variables_on_the_stack_right", "correct", 1},
                   {"exit,_and_what_another_thread_may_have_done_before_it", "invariant", 0},
                   {"exit_by_who_has_the_mutex,_or_a_failure_of_who_gets_it_first", "invariant", 0},
                   {"exit,_while_others_wait,_go_round_and_hold_memory_right", "correct", 0},
                   {"a_thread_that_reads_its_own_handle_right", "correct", 1},
                   {"a_thread_of_C's_that_reads_its_own_handle_right", "correct", 1},
                   {"what_is_joined_is_no_thread", "invariant", 0},
                   {"an_assertion_that_fails_behind_the_last_step", "assertion", 0},
               });
}

TEST_CASE("a loop whose progress lies in what libc has written comes to its end") {
    const auto row =
        native_rows("native_libc_more", {"a_loop_over*"}).at("a_loop_over_equal_words,_and_their_end");
    CHECK(verdict_of(row) == "invariant");
}

TEST_CASE("a line that is read into what is freed is a use of it") {
    const auto row = native_rows("native_libc_input", {"getline_into_a_block*"})
                         .at("getline_into_a_block_that_another_thread_has_freed");
    CHECK(verdict_of(row) == "use-after-free");
}

}  // namespace
}  // namespace revenant::harness
