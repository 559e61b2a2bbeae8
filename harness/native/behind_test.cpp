// What a search of ordinary code says once it has found something, or is too large.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using nlohmann::json;

/// The kinds of the findings behind a row's own.
Words behind(const json& row) {
    Words kinds;
    for (const auto& found : row["behind"]["findings"]) kinds.push_back(found["kind"]);
    return kinds;
}

TEST_CASE("the search goes on behind a race on plain data") {
    const auto rows = native_rows("native_behind");
    for (const auto& [test, row] : rows) {
        INFO(test);
        CHECK(verdict_of(row) == "data-race");
    }
    const auto& flag = rows.at("a_plain_flag_that_is_to_keep_one_thread_out");
    CHECK(behind(flag).back() == "invariant");
    CHECK(flag["behind"]["ending"] == "finding");
    const auto& freed = rows.at("a_plain_flag,_and_an_object_that_is_freed_under_its_users");
    CHECK(behind(freed).back() == "use-after-free");
    const auto& count = rows.at("a_plain_count_that_nobody_needs_exactly");
    CHECK(count["behind"]["ending"] == "exhausted");
    const auto& published = rows.at("a_plain_flag_that_is_polled,_and_what_it_publishes");
    // Clang reads the flag once before the loop, and that instruction races as well.
    CHECK(behind(published) == Words(built_by_clang ? 2 : 1, "data-race"));
    CHECK(published["behind"]["ending"] == "exhausted");
    const auto& answered = rows.at("a_plain_flag_that_is_answered");
    CHECK(behind(answered) == Words{"data-race"});  // with an access that no step of the search is of
    CHECK(answered["behind"]["ending"] == "exhausted");
    const auto& atomic = rows.at("a_plain_store_against_an_atomic_load");
    CHECK(behind(atomic).back() == "invariant");
    // Nor is it the making of the block that is in the way.
    const auto& box = rows.at("a_box_that_is_handed_out_without_an_order,_and_what_is_in_it");
    CHECK(behind(box).back() == "invariant");
    // It is told once, though its being a step makes it no other.
    const auto& waited =
        rows.at("a_free_behind_a_wait_that_orders_nothing,_which_stays_one_however_it_is_scheduled");
    CHECK(behind(waited).empty());
    CHECK(waited["behind"]["races_not_shown"] == 1);
    const auto& copied = rows.at("a_pair_that_is_copied_by_memcpy_while_another_thread_writes_it");
    CHECK(behind(copied).back() == "invariant");
}

TEST_CASE("behind very many races the last are only counted, and what lies behind them is found") {
    const ScratchFolder folder;
    const auto test = "more_plain_counts_than_are_shown,_and_one_that_is_needed_exactly";
    const auto row = native_rows("native_behind", {test}).at(test);
    CHECK(behind(row).back() == "invariant");
    if (!built_by_clang) {  // whose code has several of the counts in one instruction
        CHECK(behind(row).size() == 21);
        CHECK(row["behind"]["races_not_shown"].get<int>() >= 4);
    }
    const std::string schedule = row["behind"]["findings"].back()["schedule"];
    const auto replayed = run_native("native_behind", {"--replay", schedule}, folder.path());
    CHECK(replayed.out.find("needed == 2") != std::string::npos);
}

TEST_CASE("a finding behind a race comes back when its schedule is replayed") {
    const ScratchFolder folder;
    for (const auto& [test, row] : native_rows("native_behind")) {
        for (const auto& found : row["behind"]["findings"]) {
            INFO(test, ": ", found["schedule"].get<std::string>());
            const auto replayed = run_native("native_behind", {"--replay", found["schedule"]}, folder.path());
            CHECK(replayed.status == exit_not_as_expected);
            CHECK(replayed.out.find(found["kind"].get<std::string>() + ": ") != std::string::npos);
        }
    }
}

TEST_CASE("the search goes on behind a leak, which is told last") {
    const auto rows = native_rows("native_leaking");
    const auto& alone = rows.at("a_leak_alone");
    CHECK(verdict_of(alone) == "leak");
    CHECK(behind(alone).empty());
    CHECK(alone["behind"]["ending"] == "exhausted");
    const auto& lost = rows.at("a_leak,_and_a_lost_update");
    CHECK(verdict_of(lost) == "invariant");
    CHECK(behind(lost) == Words{"leak"});
    const auto& race = rows.at("a_leak,_a_data_race,_and_what_it_was_to_prevent");
    CHECK(verdict_of(race) == "data-race");
    const auto found = behind(race);
    CHECK(found.back() == "leak");
    CHECK(std::find(found.begin(), found.end(), "invariant") != found.end());
    const auto& order = rows.at("a_data_race,_a_leak_in_one_order,_and_a_failure_in_the_other");
    CHECK(verdict_of(order) == "data-race");
    CHECK(behind(order) == Words{"invariant", "leak"});
    const ScratchFolder folder;
    for (const auto& [test, row] : rows) {
        auto schedules = Words{row["schedule"]};
        for (const auto& one : row["behind"]["findings"]) schedules.push_back(one["schedule"]);
        for (const auto& schedule : schedules) {
            INFO(schedule);
            CHECK(run_native("native_leaking", {"--replay", schedule}, folder.path()).status ==
                  exit_not_as_expected);
        }
    }
    const Words leaks_first{"a_leak_alone", "a_leak,_and*", "--stop-at-first"};
    for (const auto& [test, row] : native_rows("native_leaking", leaks_first)) {
        INFO(test);
        CHECK(verdict_of(row) == "leak");
        CHECK(row["behind"].is_null());
    }
}

TEST_CASE("what lies behind a leak has the steps to swap, and the text says what was allowed") {
    const ScratchFolder folder;
    const auto result = run_native("native_leaking", {"a_leak_alone", "a_leak,_and*"}, folder.path());
    CHECK(result.status == exit_not_as_expected);
    CHECK(result.out.find("Behind it, with leaks allowed: nothing; all else passes.") != std::string::npos);
    CHECK(result.out.find("Besides it: 1 finding: leak.") != std::string::npos);
    CHECK(result.out.find("swap these two and it passes") != std::string::npos);
    CHECK(result.out.find(":lv:") != std::string::npos);
}

TEST_CASE("--stop-at-first looks for nothing behind a race") {
    for (const auto& [test, row] : native_rows("native_behind", {"--stop-at-first"})) {
        INFO(test);
        CHECK(verdict_of(row) == "data-race");
        CHECK(row["behind"].is_null());
    }
}

TEST_CASE("what lies behind a race is in the text, each with its schedule") {
    const ScratchFolder folder;
    const auto result = run_native("native_behind", {"a_plain_flag_that_is_to_keep*"}, folder.path());
    CHECK(result.status == exit_not_as_expected);
    CHECK(result.out.find("Behind it, with the accesses that race as steps") != std::string::npos);
    CHECK(result.out.find("invariant: ++inside == 1") != std::string::npos);
    CHECK(result.out.find(":vp") != std::string::npos);
}

TEST_CASE("a revived count is told as what the use after free comes of") {
    const auto rows = native_rows("native_registry");
    const auto& legacy = rows.at("legacy_registry_intern_against_the_last_release");
    const auto sentence = legacy["finding"]["sentence"].get<std::string>();
    CHECK_MESSAGE(sentence.find("It comes of a revived count: ") != std::string::npos, sentence);
}

TEST_CASE("the functions of other model checkers' programs, barriers, the first thread's end, 16 threads") {
    check_rows("native_verifier",
               {
                   {"assume_the_others_go_on_right", "correct", 0},
                   {"assume_what_the_others_do_is_looked_at", "invariant", 0},
                   {"assume_what_never_holds", "correct", 0},
                   {"assume,_with_a_mutex_that_another_thread_would_have_taken_before", "invariant", 0},
                   {"assume_and_threads_as_GenMC's_header_has_them_right", "correct", 1},
                   {"assert,_reached_by_one_of_two_values", "assertion", 0},
                   {"three_values_that_nobody_knows_right", "correct", 0},
                   {"error,_reached_by_one_of_eight_values", "assertion", 0},
                   {"atomic_sections_right", "correct", 2},
                   {"an_atomic_section_and_a_plain_access", "data-race", 0},
                   {"barrier_for_three_right", "correct", 0},
                   {"barrier_for_three,_and_there_are_two", "deadlock", 0},
                   {"barrier_for_two,_and_there_are_three", "data-race", 0},
                   {"barrier_for_two,_and_one_comes_twice", "deadlock", 0},
                   {"barrier_for_four,_twice_right", "correct", 1},
                   {"the_first_thread_ends_before_the_others_right", "correct", 0},
                   {"the_first_thread_ends_before_the_others,_which_find_it_gone", "invariant", 0},
                   {"the_first_thread_returns,_and_either_of_two_others_may_have_the_mutex", "invariant", 0},
                   {"the_first_thread_returns,_and_one_of_three_others_has_the_mutex_right", "correct", 3},
                   {"sixteen_threads_right", "correct", 1},
                   {"sixteen_threads,_two_of_which_race", "data-race", 0},
               });
    const auto in_full = native_rows("native_verifier", {"assume_what_never_holds", "--strategy", "full"});
    CHECK(!in_full.at("assume_what_never_holds")["advice"].is_null());
    for (const auto& [test, row] : native_rows("native_verifier"))
        CHECK_MESSAGE(row["advice"].is_null() == (test != "assume_what_never_holds"), test);
}

TEST_CASE("a search that is too large says what it has covered, in the same bytes each time") {
    const auto searched = [] {
        const ScratchFolder folder;
        auto result = run_native("native_large", {"counters*", "--executions", "5000"}, folder.path());
        CHECK(result.status == exit_undecided);
        return result.out.substr(0, result.out.find("scenario "));  // behind it come the seconds
    };
    const auto text = searched();
    INFO(text);
    CHECK(text.find("undecided: dpor ") != std::string::npos);
    CHECK(text.find("pct ") != std::string::npos);
    CHECK(text.find("which 4 threads use") != std::string::npos);
    CHECK(text.find("large.cpp:") != std::string::npos);
    CHECK(text == searched());
}

/// Of a lock that backs off, with two rounds. Clang compiles the first try apart from the loop.
constexpr int executions_of_few_rounds = built_by_clang ? 783 : 213;

TEST_CASE("loops that count their rounds are explored with a few of them, which proves nothing") {
    const auto rows = native_rows("native_counted", {"--strategy", "dpor", "--rounds", "2"});
    const auto& right = rows.at("a_lock_that_backs_off_right");
    CHECK(verdict_of(right) == "undecided");
    CHECK(right["ending"] == "exhausted");
    CHECK(right["exhaustive"] == false);
    CHECK(right["executions"]["complete"] == executions_of_few_rounds);
    const auto& broken = rows.at("a_lock_that_backs_off_and_is_given_back_relaxed");
    CHECK(verdict_of(broken) == "data-race");
    CHECK(verdict_of(rows.at("an_event_that_is_polled_before_it_is_slept_for_right")) == "undecided");
    // A thread that goes on alone, in vain: no livelock is claimed of it.
    const auto& endless = rows.at("two_wait_for_each_other_and_one_counts");
    CHECK(verdict_of(endless) == "undecided");
    CHECK(endless["ending"] == "exhausted");

    const std::string schedule = broken["schedule"];
    const ScratchFolder folder;
    const auto replayed = run_native("native_counted", {"--replay", schedule}, folder.path());
    CHECK(replayed.out.find("data-race") != std::string::npos);
    CHECK(replayed.err.empty());
}

TEST_CASE(
    "the portfolio goes through loops that count with few rounds as well, and says what is known then") {
    const ScratchFolder folder;
    const auto with_few =
        run_native("native_counted", {"a_lock_that_backs_off_right", "--executions", "20000"}, folder.path());
    INFO(with_few.out);
    CHECK(with_few.status == exit_undecided);
    CHECK(with_few.out.find(" " + std::to_string(executions_of_few_rounds) + " (all") != std::string::npos);
    CHECK(with_few.out.find("fails in which no thread comes back") != std::string::npos);
    const auto without = run_native("native_large", {"counters*", "--executions", "5000"}, folder.path());
    CHECK(without.out.find("rounds") == std::string::npos);
    for (const auto& absurd : {Words{"--rounds", "0"}, Words{"--rounds", "2", "--shard", "1/2"}}) {
        CHECK(run_native("native_counted", absurd, folder.path()).status == exit_usage);
    }
}

// In the middle of an execution, mostly, which is then brought to its end.
TEST_CASE("a search whose time is up says what is large as well") {
    for (const char* const strategy : {"dpor", "portfolio"}) {
        const auto rows =
            native_rows("native_large", {"counters*", "--strategy", strategy, "--budget", "100ms"});
        const auto covered = rows.at("counters_that_four_threads_raise_right")["covered"].get<std::string>();
        INFO(covered);
        CHECK(covered.find("which 4 threads use") != std::string::npos);
        CHECK(covered.find("large.cpp:") != std::string::npos);
    }
}

TEST_CASE("a row gets the portfolio and ten seconds where nobody says otherwise") {
    const ScratchFolder folder;
    const auto help = run_native("native_large", {"--help"}, folder.path());
    CHECK(help.status == exit_as_expected);
    CHECK(help.out.find("(default: portfolio)") != std::string::npos);
    CHECK(help.out.find("(default: 10s without") != std::string::npos);
}

// Without a look at the time it would end after 60000 steps, by another budget.
TEST_CASE("an execution that has no end is broken off when the time is up") {
    const auto rows = native_rows("native_endless", {"--strategy", "dpor", "--budget", "1ms"});
    const auto& row = rows.at("a_thread_that_counts_for_ever");
    CHECK(verdict_of(row) == "undecided");
    CHECK(row["ending"] == "time-budget");
}

TEST_CASE("a search that ends at an execution which is too long says so") {
    for (const auto* const strategy : {"dpor", "random", "portfolio"}) {
        const auto rows = native_rows("native_endless", {"--strategy", strategy, "--executions", "9"});
        const auto& row = rows.at("a_thread_that_counts_for_ever");
        CHECK(row["ending"] == "execution-budget");
        const auto covered = row["covered"].get<std::string>();
        CHECK(covered.find("an execution was broken off, as it has more than 60000 steps") !=
              std::string::npos);
    }
}

TEST_CASE("a thread that announces nothing for long is refused where it is, and no hang") {
    const ScratchFolder folder;
    const auto result = run_native("native_stalling", {"--strategy", "dpor", "--json", "-"}, folder.path());
    CHECK(result.status == exit_internal);
    const auto report = json::parse(result.out);
    REQUIRE(report["rows"].size() == 3);
    const auto& stalled = report["rows"][0];
    CHECK(stalled["ending"] == "refused");
    const auto why = stalled["covered"].get<std::string>();
    INFO(why);
    CHECK(why.find("5 seconds of processor time without a step") != std::string::npos);
    CHECK(why.find("(T2 in ") != std::string::npos);
    CHECK(why.find("stand_still at ") != std::string::npos);
    CHECK(why.find("stalling.cpp:10)") != std::string::npos);
    CHECK(report["rows"][1]["verdict"] == "correct");
    CHECK(report["rows"][2]["verdict"] == "correct");
}
TEST_CASE("the portfolio finds at once what dpor alone does not come to") {
    const Words few{"a_look*", "--executions", "3000"};
    auto alone = few;
    alone.insert(alone.end(), {"--strategy", "dpor"});
    const auto name = "a_look_between_two_stores_of_many";
    CHECK(verdict_of(native_rows("native_large", few).at(name)) == "invariant");
    CHECK(verdict_of(native_rows("native_large", alone).at(name)) == "undecided");
}

}  // namespace
}  // namespace revenant::harness
