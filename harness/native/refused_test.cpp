// Programs that use what there is no model of: refused as a whole by the names of what they use, or one test
// where it asks. And what is near to that, and is answered.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using nlohmann::json;

TEST_CASE("a program that uses what is not understood is refused by name") {
    const ScratchFolder folder;
    const auto result = run_native("native_refused", {}, folder.path());
    CHECK(result.status == exit_usage);
    CHECK(result.err.find("vfork") != std::string::npos);
    CHECK(result.out.empty());
    // It exports nothing, so that its hash table of symbols is empty.
    const Words stock{"explore", REVENANT_NATIVE_PROGRAMS "/native_refused_stock"};
    const auto explored = ChildProcess(REVENANT_COMMAND, stock, in_folder(folder.path())).finish(600);
    CHECK(explored.status == exit_usage);
    CHECK(explored.err.find("vfork") != std::string::npos);
}

TEST_CASE("a program whose own allocation would be used instead of ours is refused") {
    const ScratchFolder folder;
    const auto result = run_native("native_taken", {}, folder.path());
    CHECK(result.status == exit_usage);
    CHECK(result.err.find("_Znwm is found before ours") != std::string::npos);
    CHECK(result.out.empty());
}

TEST_CASE("atomics of two sizes in the same bytes are refused") {
    const ScratchFolder folder;
    const auto result = run_native("native_overlap", {}, folder.path());
    CHECK(result.status == exit_internal);
    CHECK(result.err.find("shares some with another atomic (T2 in ") != std::string::npos);
    CHECK(result.err.find("operator() at ") != std::string::npos);
}

TEST_CASE("a program that was not compiled for it is refused: everything would pass") {
    const ScratchFolder folder;
    const auto result = run_native("native_unseen", {}, folder.path());
    CHECK(result.status == exit_usage);
    CHECK(result.err.find("-fsanitize=thread") != std::string::npos);
}

TEST_CASE("code that announces nothing is named, and none is where all does") {
    const ScratchFolder folder;
    const auto mixed = run_native("native_mixed", {}, folder.path());
    CHECK(mixed.status == exit_as_expected);
    CHECK(mixed.err ==
          "revenant: note: the program has code in it that was not compiled with "
          "-fsanitize=thread (mixed_part.cpp): what it does to memory is not seen\n");
    const auto assembler = run_native("native_assembler", {}, folder.path());
    CHECK(assembler.status == exit_as_expected);
    CHECK(assembler.err.find("atomic instructions in it that nobody announces (") != std::string::npos);
    CHECK(assembler.err.find("scenarios/native/assembler.cpp:7") != std::string::npos);
    const auto exchange = run_native("native_assembler_exchange", {}, folder.path());
    CHECK(exchange.err.find("atomic instructions in it that nobody announces (") != std::string::npos);
    CHECK(exchange.err.find("scenarios/native/assembler_exchange.cpp:9") != std::string::npos);
    CHECK(run_native("native_once", {"call_once*"}, folder.path()).err.empty());
}

#ifndef __clang__
TEST_CASE("a program that counts what it runs is told where the races come from") {
    const ScratchFolder folder;
    const auto counting = run_native("native_counters", {}, folder.path());
    CHECK(counting.status == exit_not_as_expected);
    CHECK(counting.out.find("__gcov") != std::string::npos);
    CHECK(counting.err ==
          "revenant: note: the program counts what it runs (--coverage): threads race on the counters, which "
          "are called __gcov, unless it is built with -fprofile-update=atomic as well\n");
}
#endif

TEST_CASE("a value of too many kinds is refused by name") {
    const ScratchFolder folder;
    const auto result = run_native("native_nondet", {}, folder.path());
    CHECK(result.status == exit_internal);
    CHECK(result.err.find("__VERIFIER_nondet_int: ") != std::string::npos);
    CHECK(result.out.find("nondet.cpp:6") != std::string::npos);
}

struct Refused {
    const char* test;
    const char* what;
    const char* where;
};
constexpr Refused refused_tests[] = {
    {"memory_of_its_own", "mmap", "reserve_a_page at "},
    {"a_library,_once_another_thread_has_been_here", "dlopen", "T1 in "},
    {"a_system_call", "system call 110", "unmodelled.cpp:"},
    {"a_hundred_and_thirty_threads", "more than 128 threads at a time", "unmodelled.cpp:"},
    {"more_memory_than_there_is_for_a_thread", "more than 64 MiB", "unmodelled.cpp:"},
    {"a_handler_of_a_signal", "signal", "T1 in "},
    {"a_handler_of_a_signal,_with_more_words", "sigaction", "T1 in "},
    {"a_handler_of_a_signal_that_may_come,_though_it_is_of_no_fault", "signal", "T1 in "},
    {"a_stack_of_another_kind", "swapcontext", "T1 in "},
    {"a_stack_that_is_gone_to", "setcontext", "T1 in "},
    {"a_processor_that_a_thread_gets_while_it_asks", "a thread's processors or priority", "unmodelled.cpp:"},
    {"a_fiber", "__tsan_create_fiber (fibers", "unmodelled.cpp:"},
    {"a_signal", "raise", "T1 in "},
    {"a_process", "fork", "T1 in "},
    {"a_socket", "socket", "T1 in "},
    {"a_signal_to_a_thread", "pthread_kill", "T1 in "},
    {"a_thread_that_is_cancelled", "pthread_cancel", "T1 in "},
    {"a_thread_that_is_joined_if_it_has_ended", "pthread_tryjoin_np", "T1 in "},
    {"a_mutex_that_outlives_its_owner", "pthread_mutexattr_setrobust", "T1 in "},
    {"an_atomic_of_24_bytes", "an atomic of 24 bytes (more than 16)", "unmodelled.cpp:"},
    {"calls_without_an_end", "more than 8 MiB of stack", "call_for_ever at "},
};

TEST_CASE("a test that asks for what has no model is refused where it asks, and the others are explored") {
    for (const Words& how : {Words{}, Words{"--strategy", "dpor"}, Words{"--jobs", "2"},
                             Words{"--strategy", "random", "--no-stale", "--rounds", "2"}}) {
        const ScratchFolder folder;
        Words words{"--json", "-", "--executions", "1000"};
        words.insert(words.end(), how.begin(), how.end());
        const auto last = how.empty() ? std::string() : how.back();
        INFO(last);
        auto result = run_native("native_unmodelled", words, folder.path());
        CHECK(result.status == exit_not_as_expected);
        std::map<std::string, json> rows;
        const auto report = json::parse(result.out);
        for (const auto& row : report["rows"]) rows[row["scenario"]] = row;
        REQUIRE(rows.size() == 2 + std::size(refused_tests));
        CHECK(rows.at("the_first_right")["finding"].is_null());
        CHECK(rows.at("the_first_right")["ending"] != "refused");
        CHECK(verdict_of(rows.at("the_last_is_wrong")) == "invariant");
        for (const auto& one : refused_tests) {
            const auto& row = rows.at(one.test);
            CHECK(row["ending"] == "refused");
            CHECK(row["verdict"] == "undecided");
            CHECK(row["as_expected"] == false);
            CHECK(row["exhaustive"] == false);
            const auto why = row["covered"].get<std::string>();
            CHECK_MESSAGE(why.find(std::string("the program uses what is not understood: ") + one.what) == 0,
                          why);
            CHECK_MESSAGE(why.find(one.where) != std::string::npos, why);
            CHECK(result.err.find(std::string("revenant: ") + one.test + ": " + why) != std::string::npos);
        }
    }
}

TEST_CASE("what a program says of its threads, and asks for afterwards") {
    check_rows("native_scheduling",
               {
                   {"where_threads_run_right", "correct", 1},
                   {"which_signals_threads_take_right", "correct", 0},
                   {"threads_that_begin_with_different_masks,_and_which_is_first", "invariant", 0},
                   {"a_thread's_processors_right", "correct", 2},
                   {"a_thread's_priority_right", "correct", 1},
                   {"handlers_of_signals_that_do_not_come_right", "correct", 1},
                   {"a_pipe_that_nobody_reads", "assertion", 0},
                   {"a_pipe_that_nobody_reads,_and_a_signal_that_is_let_through_later", "assertion", 0},
                   {"a_pipe_that_nobody_reads,_and_a_signal_that_is_blocked_or_ignored_right", "correct", 0},
               });
}

TEST_CASE("a refused test is no proof: the text and the status say so") {
    const ScratchFolder folder;
    const auto result = run_native("native_unmodelled",
                                   {"the_first*", "memory_of_its_own", "--junit", "rows.xml", "--sarif",
                                    "rows.sarif", "--html", "rows.html", "--markdown", "rows.md"},
                                   folder.path());
    CHECK(result.status == exit_internal);
    CHECK(result.out.find("\nrefused: the program uses what is not understood: mmap (T2 in ") !=
          std::string::npos);
    CHECK(result.out.find(" refused ") != std::string::npos);
    CHECK(result.out.find("1 not as expected (1 of them undecided)") != std::string::npos);
    for (const auto* const file : {"rows.xml", "rows.sarif", "rows.html", "rows.md"}) {
        INFO(std::string(file));
        CHECK(folder.text(file).find("uses what is not understood: mmap") != std::string::npos);
    }
}

TEST_CASE("a schedule that comes to what has no model is not said to end well") {
    const ScratchFolder folder;
    const auto result = run_native(
        "native_unmodelled", {"--replay", "rv1:memory_of_its_own:native_unmodelled:2:v:0"}, folder.path());
    CHECK(result.status == exit_bad_schedule);
    CHECK(result.err.find("mmap (T2 in ") != std::string::npos);
    CHECK(result.err.find("reserve_a_page at ") != std::string::npos);
}

}  // namespace
}  // namespace revenant::harness
