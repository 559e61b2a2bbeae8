// Files and signals as a black box: pipes that nobody reads or writes, checkpoints, shares, full disks.
#include <doctest/doctest.h>

#include <sched.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/commands/exit_status.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"
#include "reports/results_checksum.hpp"

namespace revenant::harness {
namespace {

using Words = std::vector<std::string>;
using nlohmann::ordered_json;

Finished run(const Words& words, const std::string& folder) {
    return ChildProcess(REVENANT_COMMAND, words, in_folder(folder)).finish();
}
// In a shell, where streams and limits can be had; `$R` is the command.
Finished run_in_shell(const std::string& line, const std::string& folder) {
    auto options = in_folder(folder);
    options.environment.emplace_back("R", REVENANT_COMMAND);
    return ChildProcess("/bin/sh", {"-c", line}, options).finish();
}
Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

const Words quick_row{"check", "tutorial/*", "--implementation", "fetch_add", "--threads", "2"};
const Words long_row{"check",
                     "registry/replace_vs_remove",
                     "--implementation",
                     "weak_registry",
                     "--threads",
                     "5",
                     "--executions",
                     "100000000"};

// Whether the process sleeps: it has come to where it waits.
bool sleeps(const ChildProcess& child) {
    std::ifstream in("/proc/" + std::to_string(child.id()) + "/stat");
    std::string text;
    std::getline(in, text);
    const auto at = text.rfind(") ");
    return at != text.npos && text[at + 2] == 'S';
}

TEST_CASE("the first signal ends a command that waits for a pipe, in time and with one line") {
    const ScratchFolder folder;
    for (const auto* const name : {"pipe", "pipe.case"})
        REQUIRE(::mkfifo(folder.file(name).c_str(), 0600) == 0);
    const Words waiting[] = {
        with(quick_row, {"--json", "pipe"}),
        with(quick_row, {"--save-case", "pipe.case"}),
        {"import", "pipe"},
        {"minimise", "pipe"},
        {"minimise", "rv1:tutorial/lost_update:load_then_store:2:v:0*2,1*2", "--save-case", "pipe.case"},
    };
    for (const auto& words : waiting) {
        for (const int signal : {SIGINT, SIGTERM}) {
            CAPTURE(words);
            ChildProcess child(REVENANT_COMMAND, words, in_folder(folder.path()));
            const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (!(sleeps(child) && child.cpu_seconds() > 0.005) &&
                   std::chrono::steady_clock::now() < patience) {
                ::sched_yield();
            }
            child.send(signal);
            const auto ended = child.finish(20);
            CHECK_FALSE(ended.late);
            CHECK(ended.status == exit_undecided);
            CHECK_MESSAGE(is_one_line(ended.err), ended.err);
        }
    }
    const auto from_stdin = run_in_shell(
        "mkfifo in; (sleep 30 >in 2>/dev/null &) ; timeout -k 20 -s INT 1 \"$R\" import - <in; echo $?",
        folder.path());
    CHECK(contains(from_stdin.err, "cannot read stdin: interrupted"));
}

TEST_CASE("a report of forty megabytes of nothing is read to its end, and a signal is heard") {
    const ScratchFolder folder;
    const auto lines =
        run_in_shell("head -c 40000000 /dev/zero | tr '\\0' '\\n' | \"$R\" import -", folder.path());
    CHECK(lines.status == exit_bad_schedule);
    CHECK(contains(lines.err, "stdin: nothing in it is recognised"));
    const auto short_lines =
        run_in_shell("yes | head -c 50000000 | timeout -k 20 -s INT 0.2 \"$R\" import -", folder.path());
    CHECK(is_one_line(short_lines.err));
}

TEST_CASE("what cannot be printed says why") {
    for (const auto* const words : {"list", "litmus", "check 'tutorial/*'", "--help"}) {
        const auto result = run_in_shell(std::string("\"$R\" ") + words + " >/dev/full", "/");
        CHECK(result.err == "revenant: cannot write to stdout: No space left on device\n");
        CHECK(result.status == exit_usage);
    }
}

TEST_CASE("without memory a command says so, and that it is nobody's verdict") {
    for (const auto* const limit : {"120000", "160000", "200000", "300000"}) {
        const auto result =
            run_in_shell(std::string("ulimit -c 0; ulimit -v ") + limit +
                             "; exec \"$R\" check 'registry/*' --threads 3 --interleavings none",
                         "/");
        CAPTURE(limit);
        CAPTURE(result.out);
        const bool enough = result.status == exit_as_expected;
        // Not even the libraries find room, or the shadow of a build under AddressSanitizer.
        const bool at_its_start =
            result.status == 127 || contains(result.err, "ReserveShadowMemoryRange failed");
        if (enough || at_its_start) continue;
        CHECK(result.status == exit_internal);
        CHECK(contains(result.err, "out of memory"));
    }
}

TEST_CASE("a file that may not grow costs the file, and leaves the old one as it was") {
    const ScratchFolder folder;
    folder.write("out.json", "old");
    const auto result = run_in_shell(
        "ulimit -f 1; \"$R\" check 'registry/*' --threads 2 --interleavings none --json out.json >/dev/null",
        folder.path());
    CHECK(result.err == "revenant: cannot write out.json: File too large\n");
    CHECK(result.status == exit_usage);
    CHECK(folder.names() == Words{"out.json"});
    CHECK(folder.text("out.json") == "old");
}

TEST_CASE("a search that is killed leaves its checkpoint and nothing else, and another one is kept off it") {
    const ScratchFolder folder;
    const auto words = with(long_row, {"--checkpoint", "search", "--json", "out.json"});
    {
        ChildProcess child(REVENANT_COMMAND, words, in_folder(folder.path()));
        const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        const auto begun = [&] { return std::filesystem::exists(folder.file("search")); };
        while (!begun() && std::chrono::steady_clock::now() < patience) ::sched_yield();
        REQUIRE(begun());
        const auto second = run(with(long_row, {"--checkpoint", "./search"}), folder.path());
        CHECK(second.err == "revenant: ./search is in use: another search is saved to it\n");
        CHECK(second.status == exit_usage);
        child.send(SIGKILL);
        CHECK(child.finish().signal == SIGKILL);
    }
    auto names = folder.names();
    std::erase_if(names,
                  [](const auto& name) { return name.starts_with(".revenant-") && name.ends_with(".lock"); });
    CHECK(names == Words{"search"});
    const auto again = run({"check", "registry/replace_vs_remove", "--implementation", "weak_registry",
                            "--threads", "5", "--executions", "10", "--checkpoint", "search"},
                           folder.path());
    CHECK(again.err.empty());
    CHECK(folder.names() == Words{"search"});
}

TEST_CASE("a checkpoint that cannot be written is told at the start, and later costs no search") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder.file("closed"));
    const auto refused = run(with(long_row, {"--checkpoint", "missing/search"}), folder.path());
    CHECK(refused.err == "revenant: cannot write missing/search: No such file or directory\n");
    CHECK(refused.status == exit_usage);
    // The folder goes while the search is on its way: its report is written, and what is lost is said.
    ChildProcess child(REVENANT_COMMAND,
                       with(long_row, {"--checkpoint", "closed/search", "--json", "out.json"}),
                       in_folder(folder.path()));
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!std::filesystem::exists(folder.file("closed/search")) &&
           std::chrono::steady_clock::now() < patience) {
        ::sched_yield();
    }
    std::filesystem::remove_all(folder.file("closed"));
    child.send(SIGINT);
    const auto ended = child.finish();
    CHECK(ended.err ==
          "revenant: cannot write closed/search: No such file or directory: the search cannot be gone on "
          "with\n");
    CHECK(ended.status == exit_usage);
    CHECK(contains(ended.out, "; interrupted\n"));
    CHECK(contains(folder.text("out.json"), "\"verdict\": \"undecided\""));
}

TEST_CASE("a search whose process is killed says what is left of it") {
    const ScratchFolder folder;
    ChildProcess child(REVENANT_COMMAND, with(long_row, {"--jobs", "2", "--checkpoint", "search"}),
                       in_folder(folder.path()));
    const auto id = std::to_string(child.id());
    const auto children = "/proc/" + id + "/task/" + id + "/children";
    int worker = 0;
    const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (worker == 0 && std::chrono::steady_clock::now() < patience) std::ifstream(children) >> worker;
    REQUIRE(worker > 0);
    ::kill(worker, SIGKILL);
    const auto ended = child.finish();
    CHECK(ended.err ==
          "revenant: a search process has died; what was done is in search: the same command goes on from "
          "there\n");
    CHECK(ended.status == exit_internal);
    CHECK(folder.names() == Words{"search"});
}

TEST_CASE("the shares of a row that nobody expects to be decided are joined to one that is as expected") {
    const ScratchFolder folder;
    const Words row{"check",
                    "registry/replace_vs_remove",
                    "--implementation",
                    "shared_registry",
                    "--threads",
                    "4",
                    "--executions",
                    "50"};
    CHECK(run(row, folder.path()).status == exit_as_expected);
    for (const char* const share : {"1/2", "2/2"}) {
        const auto name = std::string(share).substr(0, 1) + ".json";
        CHECK(run(with(row, {"--shard", share, "--json", name}), folder.path()).status == exit_as_expected);
    }
    const auto merged = run({"merge", "1.json", "2.json", "--json", "whole.json"}, folder.path());
    CHECK(merged.status == exit_as_expected);
    const auto root = ordered_json::parse(folder.text("whole.json"));
    CHECK(root["rows"][0]["expected"] == "undecided");
    CHECK(root["rows"][0]["as_expected"] == true);
    CHECK(root["build"] == ordered_json::parse(folder.text("1.json"))["build"]);
    CHECK_FALSE(root["build"] == "");

    // One share may be too small to be worth an advice.
    auto advised = ordered_json::parse(folder.text("2.json"));
    CHECK(advised["rows"][0]["advice"].is_null());
    advised["rows"][0]["advice"] = "Take a mutex.";
    reports::ResultsChecksum sum;
    sum.add_row(advised["rows"][0]);
    advised["checksum"] = sum.text(advised["version"], advised["build"], advised["interrupted"]);
    folder.write("advised.json", advised.dump());
    const auto with_advice = run({"merge", "1.json", "advised.json"}, folder.path());
    CHECK(with_advice.status == exit_as_expected);
    CHECK(with_advice.out.ends_with("\n  Take a mutex.\n"));

    const auto before = folder.text("1.json");
    const auto onto_itself = run({"merge", "1.json", "2.json", "--json", "./1.json"}, folder.path());
    CHECK(onto_itself.err == "revenant: --json: ./1.json is one of the files to be joined\n");
    CHECK(onto_itself.status == exit_usage);
    CHECK(folder.text("1.json") == before);

    auto damaged = ordered_json::parse(before);
    damaged["rows"][0]["executions"]["complete"] = 1;
    folder.write("3.json", damaged.dump());
    const auto refused = run({"merge", "3.json", "2.json"}, folder.path());
    CHECK(contains(refused.err, "3.json: damaged, or edited by hand"));
    CHECK(refused.status == exit_usage);
}

TEST_CASE("a command that was taken out of its build does not name a folder that is none") {
    const ScratchFolder folder;
    std::filesystem::copy_file(REVENANT_COMMAND, folder.file("moved"));
    const auto result = ChildProcess(folder.file("moved"), {"stress", "tutorial/*", "--seconds", "100ms"},
                                     in_folder(folder.path()))
                            .finish();
    CHECK(result.status == exit_usage);
    CHECK(contains(result.err,
                   "revenant-threads-asan is not beside this command: take it along from the build"));
}

}  // namespace
}  // namespace revenant::harness
