// The command under mpirun, as a black box, beside the command by itself. Only in a build with
// REVENANT_MPI.
#include <doctest/doctest.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/commands/exit_status.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using Words = std::vector<std::string>;
using nlohmann::json;

Words under_mpirun(unsigned ranks, const Words& words) {
    Words all{"-n", std::to_string(ranks), REVENANT_COMMAND};
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

Finished on_ranks(unsigned ranks, const Words& words) {
    return ChildProcess(REVENANT_MPIEXEC, under_mpirun(ranks, words), in_folder("/")).finish();
}

Finished alone(const Words& words) { return ChildProcess(REVENANT_COMMAND, words, in_folder("/")).finish(); }

// Everything of a report but how long it took.
json without_seconds(const Finished& finished) {
    CAPTURE(finished.err);
    auto root = json::parse(finished.out, nullptr, false);
    REQUIRE(!root.is_discarded());
    REQUIRE(!root["rows"].empty());
    for (auto& row : root["rows"]) row["seconds"] = nullptr;
    return root;
}

TEST_CASE("ranks explore the executions of one process, and prove the same") {
    const Words words{"check",
                      "registry/intern_vs_last_release",
                      "--implementation",
                      "shared_registry",
                      "--threads",
                      "4",
                      "--no-symmetry",
                      "--json",
                      "-"};
    const auto one = alone(words);
    CHECK(one.status == exit_as_expected);
    const auto expected = without_seconds(one);
    CHECK(expected["rows"][0]["exhaustive"] == true);
    auto jobs = words;
    jobs.insert(jobs.end(), {"--jobs", "2"});
    CHECK(without_seconds(alone(jobs)) == expected);
    for (const unsigned ranks : {1u, 2u, 4u}) {
        const auto result = on_ranks(ranks, words);
        CHECK(result.status == exit_as_expected);
        CHECK(without_seconds(result) == expected);
    }
}

TEST_CASE("ranks find what one process finds, after as many executions, schedule for schedule") {
    // The first finds a destroy without order and is searched again; of the second several ranks find
    // something at once, and go on serving.
    const Words rows[] = {
        {"check", "registry/intern_vs_last_release", "--implementation", "strong_registry", "--threads", "3"},
        {"check", "registry/two_keys", "--implementation", "weak_registry+remove_by_content", "--threads",
         "5", "--no-symmetry", "--shard", "2/3"}};
    for (auto words : rows) {
        words.insert(words.end(), {"--json", "-"});
        const auto expected = without_seconds(alone(words));
        CHECK(expected["rows"][0]["verdict"] == "broken");
        for (const unsigned ranks : {2u, 4u}) CHECK(without_seconds(on_ranks(ranks, words)) == expected);
    }
}

TEST_CASE("a rank that has nothing to do is borne, row after row") {
    const Words words{"check", "tutorial/*", "--threads", "2", "--json", "-"};
    const auto expected = without_seconds(alone(words));
    CHECK(expected["rows"].size() > 1);
    CHECK(without_seconds(on_ranks(6, words)) == expected);
}

TEST_CASE("all ranks end, and one speaks, whatever the command is and however it ends") {
    struct Row {
        Words words;
        int status;
    };
    const Row rows[] = {{{"--version"}, exit_as_expected},
                        {{"list"}, exit_as_expected},
                        {{"check", "tutorial/*", "--threads", "2", "--strategy", "full"}, exit_as_expected},
                        {{"check", "tutorial/*", "--threads", "3", "--no-stale"}, exit_as_expected},
                        {{"check", "no/such"}, exit_usage},
                        {{"check", "--no-such"}, exit_usage},
                        {{"replay", "rv1:rubbish"}, exit_bad_schedule}};
    for (const auto& [words, status] : rows) {
        CAPTURE(words);
        const auto result = on_ranks(3, words);
        CHECK(result.status == status);
        const auto by_itself = alone(words);
        CHECK(std::count(result.out.begin(), result.out.end(), '\n') ==
              std::count(by_itself.out.begin(), by_itself.out.end(), '\n'));
    }
}

TEST_CASE("processes of processes are refused") {
    const auto result = on_ranks(2, {"check", "tutorial/*", "--jobs", "2"});
    CHECK(result.status == exit_usage);
    CHECK(result.err.starts_with("revenant: --jobs: the ranks that mpirun has started are the processes\n"));
}

// After a signal mpirun's own status is not its first rank's, and of that rank's last words it may forward
// none: the files tell how it went.
TEST_CASE("Ctrl-C ends the ranks soon, with the report whole, and the search goes on from its checkpoint") {
    const ScratchFolder folder;
    const Words words{"check",         "registry/two_keys", "--implementation",
                      "weak_registry", "--threads",         "5",
                      "--executions",  "100000000",         "--json",
                      "out.json",      "--checkpoint",      "search.checkpoint"};
    {
        ChildProcess child(REVENANT_MPIEXEC, under_mpirun(4, words), in_folder(folder.path()));
        const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (folder.names().empty() && std::chrono::steady_clock::now() < patience) ::sched_yield();
        REQUIRE(!folder.names().empty());  // a temporary file: the search begins
        child.send(SIGINT);
        const auto result = child.finish();
        CHECK(result.status > exit_as_expected);
    }
    auto names = folder.names();
    std::sort(names.begin(), names.end());
    REQUIRE(names == Words{"out.json", "search.checkpoint"});
    const auto stopped = json::parse(folder.text("out.json"));
    CHECK(stopped["interrupted"] == true);
    CHECK(stopped["rows"][0]["verdict"] == "undecided");

    const auto rest =
        ChildProcess(REVENANT_MPIEXEC, under_mpirun(3, words), in_folder(folder.path())).finish();
    CHECK(rest.status == exit_as_expected);
    CHECK(folder.names() == Words{"out.json"});
    const auto whole = json::parse(folder.text("out.json"))["rows"][0];
    CHECK(whole["exhaustive"] == true);
    CHECK(whole["executions"]["complete"] == 231597);
}

}  // namespace
}  // namespace revenant::harness
