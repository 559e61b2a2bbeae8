// What a deadlock says of each of its threads.
#include <doctest/doctest.h>

#include <regex>

#include "harness/native/test_rows.hpp"

namespace revenant::harness {
namespace {

struct Deadlock {
    const char* test;
    std::vector<const char*> has;  ///< without the lines
};

const Deadlock deadlocks[] = {
    {"main_joins_who_wants_its_mutex",
     {"T1 waits for T2 to end.", "T2 waits for outer, which T1 holds since step 1."}},
    {"who_would_notify_wants_a_mutex_of_who_waits",
     {"T1 waits for outer, which T2 holds since step ", "T2 waits for changed, which nobody will notify."}},
    {"a_reader_and_a_writer",
     {"T1 waits for table, which T2 holds since step ", "T2 waits for outer, which T1 holds since step "}},
    {"a_semaphore_of_C", {"T1 waits for T2 to end.", " filled, which nobody will post."}},
    {"a_barrier_for_one_more",
     {"T1 waits for all, which nobody else will come to. T2 waits for all, which nobody else"}},
    {"a_semaphore", {"T1 waits for a change of free_places", ", of which nobody will notify it."}},
    {"a_latch", {"T1 waits for a change of done", ", of which nobody will notify it."}},
    {"a_future", {"T1 waits for a change of ", ", of which nobody will notify it."}},
    {"a_number_that_nobody_changes",
     {"T1 waits for T2 to end. T2 waits for a change of turn, of which nobody will notify it."}},
    {"a_flag_that_is_set,_and_nobody_is_notified",
     {"T1 waits for T2 to end. T2 waits for a change of ready, of which nobody will notify it."}},
    {"a_try_in_vain_before_a_deadlock",
     {"T1 waits for T2 to end. T2 waits for outer, which T1 holds since step 1."}},
    {"two_that_nobody_joins_take_mutexes_in_two_orders",
     {"T2 waits for second, which T3 holds since step ", "T3 waits for first, which T2 holds since step "}},
};

}  // namespace

TEST_CASE("a deadlock names each thread that waits, what for, where, and who holds it") {
    const auto rows = native_rows("native_deadlocks", {"--stop-at-first"});
    CHECK(rows.size() == std::size(deadlocks) + 1);
    for (const auto& deadlock : deadlocks) {
        INFO(std::string(deadlock.test));
        REQUIRE(rows.contains(deadlock.test));
        const auto& row = rows.at(deadlock.test);
        CHECK(verdict_of(row) == "deadlock");
        const auto sentence = row["finding"]["sentence"].get<std::string>();
        CHECK_MESSAGE(std::regex_search(sentence, std::regex("waits at [^ ]*deadlocks.cpp:\\d+ for")),
                      sentence);
        const auto plain = std::regex_replace(
            sentence, std::regex(" at [^ ]*deadlocks.cpp:\\d+|revenant_test_\\d+\\(\\)::"), "");
        for (const auto* const part : deadlock.has) {
            CHECK_MESSAGE(plain.find(part) != std::string::npos, plain);
        }
    }
}

TEST_CASE("a thread that waits for another one's end goes round in no livelock") {
    const auto rows = native_rows("native_deadlocks", {"--stop-at-first"});
    const auto& row = rows.at("main_joins_who_goes_round");
    CHECK(verdict_of(row) == "livelock");
    const auto sentence = row["finding"]["sentence"].get<std::string>();
    CHECK_MESSAGE(std::regex_search(sentence, std::regex("T1 waits at [^ ]+ for T2 to end\\. T2 goes round")),
                  sentence);
    CHECK(sentence.find("T1 goes round") == std::string::npos);
}

}  // namespace revenant::harness
