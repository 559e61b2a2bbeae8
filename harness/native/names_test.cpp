// What findings call the program's objects.
#include <doctest/doctest.h>

#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

struct Naming {
    const char* test;
    const char* name;     ///< that the finding's sentence has
    const char* without;  ///< … where there is no debug information
};

constexpr Naming namings[] = {
    {"new", "Config#1.size", "block#1.+36"},
    {"make_shared", "Config#1.size", "block#1.+52"},
    {"an_element", "Table#1.entries[2].owner", "block#1.+40"},
    {"inherited", "Named#1.size", "block#1.+36"},
    {"a_variable", "T2's registry.revision",
     // Clang takes a struct apart of which it sees all uses: of its first part only a number is left.
     built_by_clang ? "T2's registry.0" : "T2's registry+4"},
    {"a_variable_that_other_sources_see", "settings.revision", "settings+4"},
    {"a_variable_of_C", "T2's x ", "T2's x "},
    {"bytes", "block#1.+3", "block#1.+3"},
    {"made_before_main", "before_main#1 ", "before_main#1 "},
    {"the_second_of_two_parts_is_freed", "T2's Pair#1.+16 free", "T2's block#1.+16 free"},
    {"freed_twice", "T2 frees Part#1, which T1 has freed already (step 2).", "T2 frees block#1, which T1"},
    {"an_inlined_constructor_makes_a_part", "T2's Whole#1.part.first ", "T2's block#1.+0 "},
    {"freed", "Entry#1.owner write", "block#1.+8 write"},
    {"a_count", "Config#1.references fetch_sub 1→0", "block#1.+32 fetch_sub 1→0"},
};

std::string sentence_in(const nlohmann::json& row) { return row["finding"]["sentence"]; }

}  // namespace

TEST_CASE("an object is called by its type, and what lies in it by its field") {
    const auto rows = native_rows("native_named");
    for (const auto& naming : namings) {
        INFO(std::string(naming.test));
        const auto sentence = sentence_in(rows.at(naming.test));
        CHECK_MESSAGE(sentence.find(naming.name) != std::string::npos, sentence);
    }
}

TEST_CASE("without debug information it is a block, and the field its offset") {
    const auto rows = native_rows("native_named_g0");
    for (const auto& naming : namings) {
        INFO(std::string(naming.test));
        const auto sentence = sentence_in(rows.at(naming.test));
        CHECK_MESSAGE(sentence.find(naming.without) != std::string::npos, sentence);
    }
}

TEST_CASE("a function's variable is called by its name, whatever the compiler has made of the function") {
    constexpr Naming names[] = {
        {"a_number", "counter#1 ", ""},
        {"a_field", "table#1.entries[2].owner", ""},
        {"a_mutex_and_an_atomic", "rounds#1 ", ""},
        {"two_calls,_one_after_the_other", "second#1 ", ""},
        {"a_function_that_calls_itself", "rounds#1 ", ""},
    };
    for (const std::string level : {"0", "1", "2"}) {
        const auto rows = native_rows("native_locals_O" + level);
        for (const auto& naming : names) {
            INFO(level, std::string(naming.test));
            const auto sentence = sentence_in(rows.at(naming.test));
            CHECK_MESSAGE(sentence.find(naming.name) != std::string::npos, sentence);
        }
    }
}

TEST_CASE("the table of steps has the names of a function's variables, of those that had one place as well") {
    const ScratchFolder folder;
    for (const std::string level : {"0", "1", "2"}) {
        const auto listing = [&](const char* test) {
            const auto out = run_native("native_locals_O" + level, {"--test", test}, folder.path()).out;
            return out.substr(0, out.find("schedule:"));  // behind it come the seconds
        };
        const auto locks = listing("a_mutex_and_an_atomic");
        CHECK_MESSAGE(locks.find("guard#1 lock") != std::string::npos, locks);
        CHECK_MESSAGE(locks.find("rounds#1 store 0→") != std::string::npos, locks);
        const auto calls = listing("two_calls,_one_after_the_other");
        CHECK_MESSAGE(calls.find("first#1 store 0→") != std::string::npos, calls);
        CHECK_MESSAGE(calls.find("second#1 store 0→") != std::string::npos, calls);
        CHECK(listing("a_mutex_and_an_atomic") == locks);
    }
}

TEST_CASE("a number is shown as its type has it") {
    const ScratchFolder folder;
    const auto out = run_native("native_named", {"--test", "numbers_of_every_kind"}, folder.path()).out;
    for (const auto* const change :
         {"left fetch_sub 0→-1", "here#1 fetch_sub 0→-2", "users fetch_sub 0→-1",
          "rounds fetch_sub 0→4294967295", "load store 0.5→2.25", "share store 1.5→-0.25",
          "on store false→true", "phase store 0→1", "next store null→outside#1", "first load = null"}) {
        CHECK_MESSAGE(out.find(change) != std::string::npos, std::string(change), "\n", out);
    }
}

TEST_CASE("what a thread is started with is of no type of the program's") {
    const ScratchFolder folder;
    for (const auto* const test : {"an_inlined_constructor_makes_a_part", "freed_twice"}) {
        const auto out = run_native("native_named", {"--test", test}, folder.path()).out;
        CHECK_MESSAGE(out.find("make block#1") != std::string::npos, out);
    }
}

TEST_CASE("a program that ends itself is told in words of its own, and not as an assertion") {
    const auto rows = native_rows("native_memory");
    const auto said = [&](const char* test) { return sentence_in(rows.at(test)); };
    for (const auto* const test : {"null_pointer", "exception_that_nobody_catches", "abort"}) {
        CHECK_MESSAGE(said(test).find("ssertion") == std::string::npos, said(test));
        CHECK_MESSAGE(said(test).starts_with("After T"), said(test));
    }
    CHECK(said("null_pointer").find(" the program touches memory that is not there (SIGSEGV)") !=
          std::string::npos);
    CHECK(said("abort").find(" the program calls abort") != std::string::npos);
    CHECK(said("exception_that_nobody_catches")
              .find(", there is an exception that nobody catches: std::runtime_error: nobody") !=
          std::string::npos);
}

TEST_CASE("no step tells of what the runtime or a throw does besides") {
    const ScratchFolder folder;
    const auto out = [&](const char* program, const char* test) {
        return run_native(program, {"--test", test, "--stop-at-first"}, folder.path()).out;
    };
    const auto thrown = out("native_named", "an_exception_after_a_load");
    CHECK_MESSAGE(thrown.find("After T1's rounds#1 load = 0") != std::string::npos, thrown);
    const auto unlocked = out("native_locks", "a_mutex_that_another_thread_unlocks");
    CHECK_MESSAGE(unlocked.find(" read") == std::string::npos, unlocked);
    const auto freed = out("native_process", "memory_from_before_main,_freed_twice");
    CHECK_MESSAGE(freed.find("before_main#1 free") != std::string::npos, freed);
    const auto endless = out("native_deadlocks", "main_joins_who_goes_round");
    CHECK_MESSAGE(endless.find("without end: make") == std::string::npos, endless);
}

TEST_CASE("a finding says where its object was made") {
    const auto rows = native_rows("native_named");
    const auto where = rows.at("new")["finding"]["where"].get<std::string>();
    CHECK_MESSAGE(where.find("; Config#1 was made at ") != std::string::npos, where);
    CHECK(where.ends_with("named.cpp:55"));
}

TEST_CASE("a fault is told with its own line, which no step is of") {
    const auto where = native_rows("native_memory").at("null_pointer")["finding"]["where"].get<std::string>();
    CHECK_MESSAGE(where.find("memory.cpp:230") != std::string::npos, where);
    CHECK(where.starts_with("T2 at "));
}

TEST_CASE("an assertion is told with its own line, which no step is of") {
    const auto rows = native_rows("native_process");
    const auto where = rows.at("an_assertion_that_fails_behind_the_last_step")["finding"]["where"];
    const auto words = where.get<std::string>();
    CHECK_MESSAGE(words.find("process.cpp:239; before it, T1 ") != std::string::npos, words);
}

TEST_CASE("an exception that nobody catches is told by its type, its words and who has thrown it") {
    const auto rows = native_rows("native_memory");
    const auto& finding = rows.at("exception_that_nobody_catches")["finding"];
    CHECK(finding["invariant"] == "an exception that nobody catches: std::runtime_error: nobody");
    CHECK(finding["where"].get<std::string>().find("memory.cpp:235") != std::string::npos);
}

TEST_CASE("of sources that share functions the same is said and searched, whichever the linker meets first") {
    const Words dpor{"--strategy", "dpor"};
    const auto first = native_rows("native_sources_first", dpor);
    const std::string race = "two_add_to_what_nobody_guards";
    const std::string where = first.at(race)["finding"]["where"];
    CHECK_MESSAGE(where.find("sources.cpp:13, after T1 ") != std::string::npos, where);
    for (const std::string others : {"native_sources_last", "native_sources_unlike"}) {
        INFO(others);
        const auto rows = native_rows(others, dpor);
        CHECK(rows.at(race)["finding"]["where"] == where);
        for (const auto& [test, row] : rows) CHECK(row["executions"] == first.at(test)["executions"]);
    }
}

TEST_CASE("what REVENANT_ENSURE says is told with its own line") {
    const auto rows = native_rows("native_memory");
    const auto where = rows.at("lost_update")["finding"]["where"].get<std::string>();
    CHECK_MESSAGE(where.starts_with("T1 at "), where);
}

}  // namespace revenant::harness
