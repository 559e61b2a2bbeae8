// Programs of doctest, Catch2 and GoogleTest as they were built for the sanitizer: a row for each of their
// cases.
#include <doctest/doctest.h>

#include <algorithm>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using nlohmann::json;

Finished explore(const std::string& program, Words words) {
    const ScratchFolder folder;
    words.insert(words.begin(), "explore");
    words.push_back(REVENANT_NATIVE_PROGRAMS "/" + program);
    return ChildProcess(REVENANT_COMMAND, words, in_folder(folder.path())).finish(600);
}

std::map<std::string, json> rows_of(const std::string& program, Words words = {}) {
    words.insert(words.end(), {"--interleavings", "none", "--json", "-"});
    const auto result = explore(program, words);
    const bool is_whole = result.status == exit_as_expected || result.status == exit_not_as_expected;
    REQUIRE_MESSAGE(is_whole, result.status, " ", result.err);
    std::map<std::string, json> rows;
    const auto report = json::parse(result.out);
    for (const auto& row : report["rows"]) rows[row["scenario"]] = row;
    return rows;
}

struct Program {
    const char* name;
    const char* right;
    const char* lost_update;
    const char* plain_data;
    const char* said;  ///< of the lost update, by the framework
};

constexpr Program programs[] = {
    {"native_doctest_cases", "two_increments,_both_seen", "a_lost_update", "plain_data",
     "is NOT correct! values: CHECK( 1 == 2 )"},
    {"native_catch2_cases", "two_increments,_both_seen", "a_lost_update", "plain_data",
     "with expansion: 1 == 2"},
    {"native_google_test_cases", "Counter.TwoIncrementsBothSeen", "Counter.LostUpdate", "Counter.PlainData",
     "Which is: 1"},
};

TEST_CASE("each case of a test framework is explored, alone, and its failure is told in its words") {
    for (const auto& program : programs) {
        INFO(std::string(program.name));
        const bool has_a_dying_case = std::string(program.name) == "native_google_test_cases";
        auto rows = has_a_dying_case ? std::map<std::string, json>{} : rows_of(program.name);
        if (has_a_dying_case) {
            for (const auto* const test : {program.right, program.lost_update, program.plain_data}) {
                rows.merge(rows_of(program.name, {"--test", test}));
            }
        }
        CHECK(rows.size() == 3);
        REQUIRE(rows.contains(program.right));
        CHECK(verdict_of(rows[program.right]) == "correct");
        CHECK(rows[program.right]["ending"] == "exhausted");
        CHECK(verdict_of(rows[program.lost_update]) == "assertion");
        const auto invariant = rows[program.lost_update]["finding"]["invariant"].get<std::string>();
        CHECK_MESSAGE(invariant.find(program.said) != std::string::npos, invariant);
        CHECK(verdict_of(rows[program.plain_data]) == "data-race");
    }
}

TEST_CASE("what the framework does within a case is left out of the table") {
    const auto result = explore("native_google_test_cases", {"--test", "Counter.LostUpdate"});
    CHECK(result.status == exit_not_as_expected);
    const std::string table = result.out.substr(0, result.out.find("schedule:"));
    CHECK_MESSAGE(table.find(" steps of the test framework") != std::string::npos, table);
    CHECK_MESSAGE(std::count(table.begin(), table.end(), '\n') < 50, table);
    CHECK(table.find("once#") == std::string::npos);
    CHECK(table.find("store 1→1") != std::string::npos);
}

TEST_CASE("--test explores the cases that it names, and no others") {
    const auto rows =
        rows_of("native_catch2_cases", {"--test", "two increments, both seen", "--test", "a lost update"});
    CHECK(rows.size() == 2);
    CHECK(rows.contains("two_increments,_both_seen"));
    const auto other = explore("native_catch2_cases", {"--test", "a lost updat"});
    CHECK(other.status == exit_usage);
    CHECK(other.err.find("no test matches 'a_lost_updat'") != std::string::npos);
}

TEST_CASE("a case's schedule comes to the same failure when it is replayed") {
    const auto rows = rows_of("native_doctest_cases", {"--test", "a lost update"});
    const auto& row = rows.at("a_lost_update");
    const auto replayed = explore("native_doctest_cases", {"--replay", row["schedule"]});
    CHECK(replayed.status == exit_not_as_expected);
    CHECK(replayed.out.find("is NOT correct! values: CHECK( 1 == 2 )") != std::string::npos);
}

TEST_CASE("a case that starts a process is refused when it does") {
    const auto result = explore("native_google_test_cases", {"--test", "Counter.DiesInAProcessOfItsOwn"});
    CHECK(result.status == exit_internal);
    CHECK_MESSAGE(result.err.find("not understood") != std::string::npos, result.err);
    CHECK(result.out.find(" refused ") != std::string::npos);
}

TEST_CASE("a case that explores a body fails with the interleaving as its message, or passes") {
    const ScratchFolder folder;
    struct Framework {
        const char* name;
        Words right;
        Words wrong;
        const char* failure;
    };
    const Framework frameworks[] = {
        {"native_doctest_here", {"--test-case=right"}, {"--test-case=wrong"}, "THREW exception"},
        {"native_catch2_here", {"right"}, {"wrong"}, "unexpected exception"},
        {"native_google_test_here", {"--gtest_filter=*.Right"}, {"--gtest_filter=*.Wrong"}, "C++ exception"},
    };
    for (const auto& framework : frameworks) {
        INFO(std::string(framework.name));
        CHECK(run_native(framework.name, framework.right, folder.path()).status == 0);
        const auto wrong = run_native(framework.name, framework.wrong, folder.path());
        CHECK(wrong.status != 0);
        CHECK_MESSAGE(wrong.out.find(framework.failure) != std::string::npos, wrong.out, wrong.err);
        CHECK(wrong.out.find("swap these two and it passes") != std::string::npos);
    }
}

TEST_CASE("explored from outside, such a case is explored as a whole") {
    const auto rows = rows_of("native_doctest_here");
    REQUIRE(rows.size() == 2);
    CHECK(verdict_of(rows.at("right")) == "correct");
    CHECK(verdict_of(rows.at("wrong")) == "invariant");
}
}  // namespace
}  // namespace revenant::harness
