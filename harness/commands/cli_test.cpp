// The command as a black box: what it prints where, and its exit status.
#include <doctest/doctest.h>

#include <sched.h>
#include <fstream>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness/commands/exit_status.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"

namespace revenant::harness {
namespace {

using Words = std::vector<std::string>;
using nlohmann::json;

Finished run(const Words& words, const std::string& folder = "/") {
    return ChildProcess(REVENANT_COMMAND, words, in_folder(folder)).finish();
}

const Words broken_row{"check", "tutorial/*", "--implementation", "load_then_store", "--threads", "2"};
const Words correct_row{"check", "tutorial/*", "--implementation", "fetch_add", "--threads", "2"};

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST_CASE("what is asked for goes to stdout, with status 0 and nothing on stderr") {
    struct Row {
        Words words;
        const char* out;
    };
    const Row rows[] = {
        {{"--help"}, "Exit status: 0 all rows as expected;"},
        {{"-h"}, "Subcommands:"},
        {{"check", "--help"}, "--strategy"},
        {{"replay", "--help"}, "SCHEDULE"},
        {{"explore", "--help"}, "Usage: revenant explore [OPTIONS] PROGRAM [ARGUMENTS]\n"},
        {{"--version"}, "revenant " REVENANT_VERSION "\n"},
        {{"list"}, "tutorial/lost_update\n"},
        {{"list", "--rows"}, "\ntutorial/lost_update fetch_add 3\n"},
        {broken_row, "broken: invariant"},
        {correct_row, "1 row: 1 as expected, 0 not as expected; "},
    };
    for (const auto& [words, out] : rows) {
        CAPTURE(words);
        const auto result = run(words);
        CHECK_MESSAGE(contains(result.out, out), result.out);
        CHECK(result.err.empty());
        CHECK(result.status == exit_as_expected);
    }
}

TEST_CASE("a mistake on the command line is one line on stderr, with status 2, before any search") {
    struct Row {
        Words words;
        const char* err;
    };
    const Row rows[] = {
        {{},
         "a subcommand is required: list, check, explore, import, litmus, merge, minimise, replay, repro or "
         "stress"},
        {{"nonsense"}, "not expected: nonsense"},
        {{"--nonsense"}, "not expected: --nonsense"},
        {{"check", "--nonsense"}, "not expected: --nonsense"},
        {{"list", "extra"}, "not expected: extra"},
        {{"check", "a[b"}, "'a[b' is not a glob"},
        {{"check", ""}, "'' is not a glob"},
        {{"check", "nothing/*"}, "no scenario matches 'nothing/*'"},
        {{"check", "two\nlines"}, "no scenario matches 'two\xef\xbf\xbdlines'"},
        {{"check", "\x1b[31m"}, "'\xef\xbf\xbd[31m' is not a glob"},
        {{"check", "--implementation", "nothing"}, "no implementation matches 'nothing'"},
        {{"check", "--threads", "1"}, "--threads 1: no scenario selected runs with so many"},
        {{"check", "--threads", "13"}, "--threads 13: a model runs 1 to 12 threads"},
        {{"check", "--threads", "abc"}, "--threads: 'abc' is not a whole number"},
        {{"check", "--threads", "-1"}, "--threads: '-1' is not a whole number from 1 to 12"},
        {{"check", "--threads", "2.5"}, "--threads: '2.5' is not a whole number"},
        {{"check", "--threads", "4294967298"}, "--threads"},
        {{"check", "--threads", "99999999999999999999"}, "--threads: '99999999999999999999' is not"},
        {{"check", "--strategy", "nonsense"},
         "'nonsense' is not one of bounded|dpor|full|pct|portfolio|random"},
        {{"check", "--color", "blue"}, "'blue' is not one of always|auto|never"},
        {{"check", "--interleavings", "some"}, "'some' is not one of all|none|unexpected"},
        {{"check", "--budget", "60"}, "--budget: '60' is not a duration"},
        {{"check", "--budget", "-1s"}, "--budget: '-1s' is not a duration"},
        {{"check", "--budget", "abc"}, "--budget: 'abc' is not a duration"},
        {{"check", "--budget", ""}, "--budget: is empty"},
        {{"check", "--executions", "0"}, "--executions: '0' is not a whole number from 1 up"},
        {{"check", "--executions", "-1"}, "--executions: '-1' is not a whole number from 1 up"},
        {{"check", "--executions", "1e9"}, "--executions: '1e9' is not a whole number from 1 up"},
        {{"check", "--seed", "-1"}, "--seed: '-1' is not a whole number"},
        {{"check", "--preemptions", "-1"}, "--preemptions: '-1' is not a whole number from 0 to 1000"},
        {{"check", "--preemptions", "1001"}, "--preemptions: '1001' is not a whole number from 0 to 1000"},
        {{"check", "--preemptions", "4294967296"}, "--preemptions: '4294967296' is not"},
        {{"check", "--preemptions", "two"}, "--preemptions: 'two' is not a whole number from 0 to 1000"},
        {{"check", "--depth", "0"}, "--depth: '0' is not a whole number from 1 to 100"},
        {{"check", "--depth", "101"}, "--depth: '101' is not a whole number from 1 to 100"},
        {{"check", "--depth", "3x"}, "--depth: '3x' is not a whole number from 1 to 100"},
        {{"check", "--json"}, "--json"},
        {{"check", "--json", ""}, "--json: is empty"},
        {{"check", "--json", "/"}, "cannot write /: Is a directory"},
        {{"check", "--json", "/missing/folder/x"}, "cannot write /missing/folder/x: No such file"},
        {{"check", "--json", "/proc/version/x"}, "cannot write /proc/version/x: Not a directory"},
        {{"replay"}, "SCHEDULE is required"},
    };
    for (const auto& [words, err] : rows) {
        CAPTURE(words);
        const auto result = run(words);
        CHECK_MESSAGE(contains(result.err, err), result.err);
        CHECK(result.err.starts_with("revenant: "));
        CHECK(is_one_line(result.err));
        CHECK(result.err.size() < 200);
        CHECK(result.out.empty());
        CHECK(result.status == exit_usage);
    }
}

TEST_CASE("a word may begin with a bracket wherever a glob or a name may") {
    const ScratchFolder folder;
    const auto result = run(
        {"check", "[t]utorial/lost*", "--implementation", "[l]oad*", "--threads", "2", "--json", "[x].json"},
        folder.path());
    CHECK(result.status == exit_as_expected);
    INFO(result.out, result.err);
    CHECK(contains(result.out, "1 row: 1 as expected"));
    CHECK(folder.names() == Words{"[x].json"});
    CHECK(contains(run({"check", "--implementation", "[x"}).err, "'[x' is not a glob"));
}

TEST_CASE("a damaged schedule is one line on stderr, with status 3") {
    struct Row {
        const char* schedule;
        const char* err;
    };
    const Row rows[] = {
        {"hello", "'hello' is neither a schedule, such as rv1:…, nor a file"},
        {"rv1:tutorial/lost_update:load_then_store:2:-", "a field is missing"},
        {"rv1:tutorial/lost_update:load_then_store:2:-:0,,1", "choice 2 is ''"},
        {"rv1:tutorial/lost_update:load_then_store:2:-:0*3\n", "is a space or cannot be printed"},
        {"rv1:tutorial/lost_update:load_then_store:13:-:0", "13 threads; a model runs 1 to 12"},
        {"rv1:tutorial/lost_update:gone:2:-:0", "the catalogue has no gone"},
        {"rv1:tutorial/lost_update:load_then_store:2:-:0,4", "the program differs from it at choice 2 of 2"},
    };
    for (const auto& [schedule, err] : rows) {
        CAPTURE(std::string(schedule));
        const auto result = run({"replay", schedule});
        CHECK_MESSAGE(contains(result.err, err), result.err);
        CHECK(is_one_line(result.err));
        CHECK(result.out.empty());
        CHECK(result.status == exit_bad_schedule);
    }
}

TEST_CASE("a broken row prints its interleaving, and replaying its schedule prints the same") {
    const auto checked = run(broken_row);
    CHECK(checked.status == exit_as_expected);
    const auto begin = checked.out.find("schedule: ") + 10;
    const auto schedule = checked.out.substr(begin, checked.out.find('\n', begin) - begin);
    REQUIRE(schedule.starts_with("rv1:tutorial/lost_update:load_then_store:2:"));

    const auto replayed = run({"replay", schedule});
    CHECK(replayed.status == exit_as_expected);
    CHECK(replayed.err.empty());
    CHECK(replayed.out.find("✗ ") != replayed.out.npos);
    CHECK(checked.out.starts_with(replayed.out));  // and then the summary
}

TEST_CASE("a pipe gets no escape codes unless they are asked for") {
    for (const auto& words : {broken_row, correct_row}) {
        CHECK_FALSE(contains(run(words).out, "\x1b"));
        CHECK_FALSE(contains(run(with(words, {"--color", "never"})).out, "\x1b"));
        CHECK(contains(run(with(words, {"--color", "always"})).out, "\x1b["));
    }
}

TEST_CASE("interleavings are printed for the rows that are asked for") {
    CHECK(contains(run(with(broken_row, {"--interleavings", "all"})).out, "schedule: rv1:"));
    CHECK_FALSE(contains(run(with(broken_row, {"--interleavings", "none"})).out, "schedule: rv1:"));
    CHECK_FALSE(contains(run(with(broken_row, {"--interleavings", "unexpected"})).out, "schedule: rv1:"));
}

TEST_CASE("a budget that is too small for a claim ends undecided, with status 4") {
    const auto result = run(with(correct_row, {"--strategy", "full", "--executions", "1"}));
    CHECK(result.status == exit_undecided);
    CHECK(contains(result.out, "0 as expected, 1 not as expected (1 of them undecided); 1 executions"));
    CHECK(result.err.empty());
}

TEST_CASE("a search without stale reads says what it has not looked at, and does not claim a proof") {
    const auto result = run(with(correct_row, {"--no-stale"}));
    CHECK(result.status == exit_as_expected);
    CHECK(contains(result.out, "undecided"));
    CHECK(contains(result.out, "newest only"));
    CHECK_FALSE(contains(result.out, "correct  "));
    CHECK(run(with(broken_row, {"--no-stale"})).status == exit_as_expected);
    const auto shared = run(with(correct_row, {"--no-stale", "--shard", "1/2"}));
    CHECK(shared.status == exit_usage);
    CHECK(contains(shared.err, "--shard is of a whole search"));
}

TEST_CASE("the JSON goes to a file beside the text, or to stdout with the text on stderr") {
    const ScratchFolder folder;
    const auto beside = run(with(broken_row, {"--json", "out.json"}), folder.path());
    CHECK(beside.status == exit_as_expected);
    CHECK(folder.names() == Words{"out.json"});
    const auto root = json::parse(folder.text("out.json"));
    CHECK(root["schema"] == "revenant.results/1");
    CHECK(root["rows"].size() == 1);
    CHECK(root["rows"][0]["verdict"] == "broken");
    CHECK(contains(beside.out, "schedule: " + root["rows"][0]["schedule"].get<std::string>() + "\n"));

    const auto piped = run(with(broken_row, {"--json", "-"}));
    CHECK(json::parse(piped.out)["rows"].size() == 1);
    CHECK(contains(piped.err, "1 row: 1 as expected"));
}

TEST_CASE("a JSON file that turns out to be full costs the file, not the text") {
    const auto result = run(with(broken_row, {"--json", "/dev/full"}));
    CHECK(result.err == "revenant: cannot write /dev/full: No space left on device\n");
    CHECK(contains(result.out, "1 row: 1 as expected"));
    CHECK(result.status == exit_usage);
}

TEST_CASE("two equal runs give equal bytes, but for the seconds") {
    const auto text = [] {
        const auto result = run({"check", "tutorial/*", "--strategy", "random", "--executions", "2000"});
        return std::regex_replace(result.out, std::regex(R"( +[0-9]+\.[0-9]+)"), " N");
    };
    const auto as_json = [] {
        auto root = nlohmann::ordered_json::parse(run({"check", "tutorial/*", "--json", "-"}).out);
        for (auto& row : root["rows"]) row["seconds"] = nullptr;
        return root.dump();
    };
    CHECK(text() == text());
    CHECK(as_json() == as_json());
}

TEST_CASE("shares are joined if they are of one search, and refused in one line if not") {
    const ScratchFolder folder;
    const Words row{"check", "reference/bare_registry", "--implementation", "weak_orders", "--threads", "3"};
    for (const char* const share : {"1/2", "2/2"}) {
        const auto name = std::string(share).substr(0, 1) + ".json";
        CHECK(run(with(row, {"--shard", share, "--json", name}), folder.path()).status == exit_as_expected);
    }
    CHECK(run(with(row, {"--shard", "2/2", "--no-symmetry", "--json", "other.json"}), folder.path()).status ==
          exit_as_expected);
    CHECK(run(with(row, {"--json", "whole.json"}), folder.path()).status == exit_as_expected);

    const auto merged = run({"merge", "2.json", "1.json", "--json", "merged.json"}, folder.path());
    CHECK(merged.status == exit_as_expected);
    CHECK(contains(merged.out, "correct, exhaustive, 91 executions"));
    CHECK(json::parse(folder.text("merged.json"))["rows"][0]["exhaustive"] == true);

    const auto refused = [&](const Words& files, const std::string& why) {
        const auto result = run(with({"merge"}, files), folder.path());
        CHECK(result.status == exit_usage);
        CHECK_MESSAGE(contains(result.err, why), result.err);
        CHECK(is_one_line(result.err));
    };
    refused({"1.json"}, "share 2/2 is missing");
    refused({"1.json", "1.json"}, "is there twice");
    refused({"1.json", "other.json"}, "a share with symmetry among shares without");
    refused({"whole.json"}, "is not a share");
    refused({"missing.json"}, "cannot read missing.json");
    for (const char* const key : {"ending", "verdict", "seconds", "threads", "executions"}) {
        auto root = json::parse(folder.text("1.json"));
        root["rows"][0].erase(key);
        std::ofstream(folder.path() + "/cut.json") << root.dump();
        refused({"cut.json", "2.json"}, "cut.json");
    }
}

// Starts a search of hours, waits until it is where it should be, stops it, and checks what is left.
template <class Reached>
json stopped_run(int signal, Reached reached, int times = 1) {
    const ScratchFolder folder;
    ChildProcess child(REVENANT_COMMAND,
                       {"check", "registry/*", "--implementation", "weak_registry", "--threads", "3",
                        "--strategy", "full", "--executions", "100000000", "--json", "out.json"},
                       in_folder(folder.path()));
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!reached(folder, child) && std::chrono::steady_clock::now() < patience) ::sched_yield();
    REQUIRE(reached(folder, child));
    for (int i = 0; i < times; ++i) child.send(signal);
    const auto start = std::chrono::steady_clock::now();
    const auto result = child.finish();
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    CHECK(result.status == exit_undecided);
    CHECK(result.err.empty());
    CHECK(contains(result.out, "; interrupted\n"));
    REQUIRE(folder.names() == Words{"out.json"});
    const auto root = json::parse(folder.text("out.json"));
    CHECK(root["interrupted"] == true);
    return root;
}

TEST_CASE("a signal ends a long search soon, with what was done, status 4, and nothing left behind") {
    for (const int signal : {SIGINT, SIGTERM}) {
        const auto root = stopped_run(signal, [](const ScratchFolder&, const ChildProcess& child) {
            return child.cpu_seconds() > 0.2;
        });
        REQUIRE(root["rows"].size() == 1);
        CHECK(root["rows"][0]["verdict"] == "undecided");
        CHECK(root["rows"][0]["executions"]["complete"] > 0);
    }
}

TEST_CASE("a signal that comes twice at once, as one passed on by a parent does, counts once") {
    for (int i = 0; i < 5; ++i) {
        const auto root = stopped_run(
            SIGINT,
            [](const ScratchFolder&, const ChildProcess& child) { return child.cpu_seconds() > 0.05; }, 20);
        CHECK(root["rows"].size() == 1);
    }
}

TEST_CASE("a signal that comes as soon as there is a temporary file leaves none behind either") {
    // It has no name; the process has it open all the same.
    const auto has_one = [](const ScratchFolder& folder, const ChildProcess& child) {
        std::error_code error;
        const auto files = "/proc/" + std::to_string(child.id()) + "/fd";
        for (const auto& file : std::filesystem::directory_iterator(files, error)) {
            if (contains(std::filesystem::read_symlink(file, error).string(), folder.path() + "/"))
                return true;
        }
        return false;
    };
    const auto root = stopped_run(SIGINT, has_one);
    CHECK(root["rows"].size() <= 1);
}

}  // namespace
}  // namespace revenant::harness
