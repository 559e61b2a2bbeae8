// The native world as a black box: programs that explore themselves.
#include <doctest/doctest.h>
#include <sched.h>

#include <csignal>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "harness/commands/exit_status.hpp"
#include "harness/native/test_rows.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using nlohmann::json;

TEST_CASE("a finding's schedule comes to the same finding when it is replayed") {
    const ScratchFolder folder;
    for (const auto& [test, row] : native_rows("native_memory")) {
        if (row["finding"].is_null()) continue;
        INFO(test);
        const auto replayed = run_native("native_memory", {"--replay", row["schedule"]}, folder.path());
        CHECK(replayed.status == exit_not_as_expected);
        CHECK(replayed.out.find(row["finding"]["invariant"].get<std::string>()) != std::string::npos);
    }
}

TEST_CASE("a report says how the program itself brings an execution back") {
    const ScratchFolder folder;
    const Words words{"lost_update", "--markdown", "report.md"};
    CHECK(run_native("native_memory", words, folder.path()).status == exit_not_as_expected);
    const auto text = folder.text("report.md");
    CHECK_MESSAGE(text.find("./native_memory --replay 'rv1:lost_update:") != std::string::npos, text);
}

TEST_CASE("shares of a search are joined, of a program's own tests as of the catalogue's rows") {
    const ScratchFolder folder;
    for (const std::string share : {"1", "2"}) {
        const Words words{"lost_update", "fetch_add*", "published*right", "--shard",
                          share + "/2",  "--json",     share + ".json",   "--stop-at-first"};
        CHECK(run_native("native_memory", words, folder.path()).err.empty());
    }
    const Words merge{"merge", "1.json", "2.json", "--json", "whole.json"};
    const auto merged = ChildProcess(REVENANT_COMMAND, merge, in_folder(folder.path())).finish(60);
    CHECK(merged.status == exit_not_as_expected);
    std::map<std::string, json> rows;
    const auto whole = json::parse(folder.text("whole.json"));
    for (const auto& row : whole["rows"]) rows[row["scenario"]] = row;
    REQUIRE(rows.size() == 3);
    CHECK(verdict_of(rows.at("lost_update")) == "invariant");
    CHECK(rows.at("lost_update")["as_expected"] == false);
    CHECK(verdict_of(rows.at("published_by_a_release_right")) == "correct");
    CHECK(rows.at("published_by_a_release_right")["executions"]["complete"] == 2);
    CHECK(rows.at("published_by_a_release_right")["as_expected"] == true);
}

std::string rows_without_seconds(const std::string& program) {
    std::string text;
    for (auto& [test, row] : native_rows(program)) {
        row.erase("seconds");
        row.erase("milestones");
        text += row.dump() + "\n";
    }
    return text;
}

TEST_CASE("two runs print the same bytes but for the seconds") {
    CHECK(rows_without_seconds("native_waiting") == rows_without_seconds("native_waiting"));
}

TEST_CASE("a wish for thread pointers that is none is refused") {
    const ScratchFolder folder;
    ::setenv("REVENANT_THREAD_POINTERS", "sometimes", 1);
    const auto result = run_native("native_memory", {}, folder.path());
    ::unsetenv("REVENANT_THREAD_POINTERS");
    CHECK(result.status == exit_usage);
    CHECK(result.err == "revenant: REVENANT_THREAD_POINTERS: neither at-once nor on-demand\n");
}

// Programs with thread_local variables, exceptions, errno and faults of their own.
TEST_CASE("thread pointers that come on demand change nothing but the seconds") {
    for (const std::string program : {"native_lifetimes", "native_memory", "native_library", "native_libc"}) {
        INFO(program);
        ::setenv("REVENANT_THREAD_POINTERS", "on-demand", 1);
        const auto on_demand = rows_without_seconds(program);
        ::setenv("REVENANT_THREAD_POINTERS", "at-once", 1);
        const auto at_once = rows_without_seconds(program);
        ::unsetenv("REVENANT_THREAD_POINTERS");
        CHECK(on_demand == at_once);
    }
}

// Wherever it is just then: in the program, which may be repeating what it did, or in the search.
TEST_CASE("a signal ends a long search soon, whenever it comes") {
    for (int i = 0; i < 10; ++i) {
        const ScratchFolder folder;
        ChildProcess child(REVENANT_NATIVE_PROGRAMS "/native_large",
                           {"--test", "counters_that_four_threads_raise_right", "--strategy", "dpor",
                            "--no-symmetry", "--executions", "100000000"},
                           in_folder(folder.path()));
        while (child.cpu_seconds() < 0.2 + 0.03 * i) ::sched_yield();
        child.send(SIGINT);
        const auto result = child.finish(20);
        CHECK(result.status == exit_undecided);
        CHECK(result.out.ends_with("; interrupted\n"));
    }
}

TEST_CASE("a kind of finding that is allowed is none") {
    const auto verdict = [](const std::string& program, const std::string& test, const Words& words) {
        auto all = words;
        all.insert(all.end(), {"--test", test, "--strategy", "dpor"});
        return verdict_of(native_rows(program, all).at(test));
    };
    CHECK(verdict("native_memory", "leak", {}) == "leak");
    CHECK(verdict("native_memory", "leak", {"--allow", "leak"}) == "correct");
    const auto* const endless = "a_flag_that_nobody_sets";
    CHECK(verdict("native_waiting", endless, {"--allow", "leak"}) == "livelock");
    CHECK(verdict("native_waiting", endless, {"--allow", "livelock"}) == "correct");
    const ScratchFolder folder;
    const auto other = run_native("native_memory", {"--allow", "data-race"}, folder.path());
    CHECK(other.status == exit_usage);
    CHECK(other.err.find("'data-race' is not leak or livelock") != std::string::npos);
}

TEST_CASE("what the program prints is discarded, but for its last words, which are told with the finding") {
    const ScratchFolder folder;
    const auto result = run_native("native_talking", {"--strategy", "dpor"}, folder.path());
    CHECK(result.status == exit_not_as_expected);
    CHECK(result.err.empty());
    CHECK(result.out.find("words on std") == std::string::npos);
    CHECK(result.out.find("It last said \"both should ? be seen:") != std::string::npos);
}

TEST_CASE("words that are not understood are a line and a status") {
    const ScratchFolder folder;
    const auto result = run_native("native_memory", {"--strategy", "none"}, folder.path());
    CHECK(result.status == exit_usage);
    CHECK(result.err.find("--strategy") != std::string::npos);
    const auto help = run_native("native_memory", {"--help"}, folder.path());
    CHECK(help.status == exit_as_expected);
    CHECK(help.out.find("--replay") != std::string::npos);
}

TEST_CASE("a plain program that was built for the sanitizer is explored by the command") {
    const ScratchFolder folder;
    const auto explore = [&](const Words& words) {
        return ChildProcess(REVENANT_COMMAND, words, in_folder(folder.path())).finish(600);
    };
    const std::string program = REVENANT_NATIVE_PROGRAMS "/native_main";
    const auto broken = explore({"explore", "--interleavings", "none", program, "-p"});
    CHECK(broken.status == exit_not_as_expected);
    CHECK(broken.out.find("data-race") != std::string::npos);
    const auto right = explore({"explore", "--strategy", "dpor", program});
    CHECK(right.status == exit_as_expected);
    CHECK(right.out.find("exhaustive") != std::string::npos);
    const auto other = explore({"explore", "/bin/true"});
    CHECK(other.status == exit_usage);
    CHECK(other.err.find("sanitizer") != std::string::npos);
}

}  // namespace
}  // namespace revenant::harness
