// Bug reports as a black box: made by real threads under the sanitizers, imported, and replayed.
#include <doctest/doctest.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "harness/commands/exit_status.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"

namespace revenant::harness {
namespace {

using Words = std::vector<std::string>;

Finished run(const Words& words, const std::string& folder) {
    return ChildProcess(REVENANT_COMMAND, words, in_folder(folder)).finish(300);
}

struct Bug {
    const char* scenario;
    const char* implementation;
    const char* sanitizer;
    const char* kind;
};
// Kinds and operations of each sort; the full catalogue came out the same when this was written.
const Bug bugs[] = {
    {"registry/intern_vs_last_release", "legacy_registry", "address", "use-after-free"},
    {"registry/intern_vs_last_release", "legacy_registry", "thread", "use-after-free"},
    {"registry/intern_vs_last_release", "strong_registry", "address", "use-after-free"},
    {"registry/intern_vs_last_release", "weak_registry+blind_ref", "address", "use-after-free"},
    {"registry/two_keys", "weak_registry+strings_freed_first", "thread", "use-after-free"},
    {"refcount/upgrade_vs_last_release", "shared_ptr+upgrade_consumes_weak", "address", "use-after-free"},
    {"refcount/upgrade_vs_last_release", "shared_ptr+upgrade_adds_weak", "address", "leak"},
    {"refcount/release_vs_release", "thread_safe_ref_count+relaxed_deref", "thread", "data-race"},
    {"refcount/weak_release_vs_last_release", "weakable_ref_count+relaxed_weak_deref", "thread", "data-race"},
};

std::string schedule_of(const Bug& bug, const std::string& folder) {
    const auto checked =
        run({"check", bug.scenario, "--implementation", bug.implementation, "--threads", "2"}, folder);
    const auto at = checked.out.find("schedule: ");
    REQUIRE(at != std::string::npos);
    return checked.out.substr(at + 10, checked.out.find('\n', at) - at - 10);
}

TEST_CASE("a report that real threads have made leads back to its bug, at its very lines, and replays") {
    for (const auto& bug : bugs) {
        CAPTURE(bug.implementation);
        CAPTURE(bug.sanitizer);
        const ScratchFolder folder;
        const auto threads = run({"replay", schedule_of(bug, folder.path()), "--on", "threads", "--no-fix",
                                  "--sanitizer", bug.sanitizer},
                                 folder.path());
        folder.write("report.txt", threads.out);
        const auto imported = run({"import", "report.txt"}, folder.path());
        CHECK_MESSAGE(imported.status == exit_as_expected, imported.out << imported.err);
        CHECK_MESSAGE(imported.out.starts_with(std::string("reproduced: ") + bug.kind), imported.out);
        CHECK(contains(imported.out, "at source lines of the report"));
        const auto text = folder.text("report.case");
        CHECK(contains(text, "\nfrom: reproduced\n"));
        CHECK(contains(text, std::string("scenario: ") + bug.scenario +
                                 "\nimplementation: " + bug.implementation + "\n"));
        const auto replayed = run({"replay", "report.case"}, folder.path());
        CHECK(replayed.status == exit_as_expected);
        REQUIRE_FALSE(replayed.out.empty());
        CHECK(contains(imported.out, replayed.out));
        const auto again =
            run({"replay", "report.case", "--on", "threads", "--no-reports", "--sanitizer", bug.sanitizer},
                folder.path());
        CHECK_MESSAGE(again.status == exit_as_expected, again.out << again.err);
    }
}

TEST_CASE("what cannot be imported is one line, and nothing is written") {
    const ScratchFolder folder;
    folder.write("nothing.txt", "Segmentation fault\n");
    folder.write("healthy.txt", "<A> 0x1 deref 1 - 0 [1]\n");
    folder.write("log.txt", "<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 ref 0 - 1 [2]\n");
    folder.write("taken.txt", "<A> 0x1 deref 1 - 0 [1]\n<A> 0x1 ref 0 - 1 [2]\n");
    folder.write("taken.case", "mine");
    const auto before = folder.names().size();
    struct Row {
        Words words;
        int status;
        const char* err;
    };
    const Row rows[] = {
        {{"import", "nothing.txt"}, exit_bad_schedule, "nothing.txt: nothing in it is recognised"},
        {{"import", "healthy.txt"}, exit_bad_schedule, "nothing in it looks broken"},
        {{"import", "-"}, exit_bad_schedule, "stdin: nothing in it is recognised"},
        {{"import", "missing.txt"}, exit_bad_schedule, "missing.txt"},
        {{"import", "/"}, exit_bad_schedule, "/"},
        {{"import", "taken.txt"}, exit_usage, "taken.case is there already"},
        {{"import", "log.txt", "--save-case", "no name.case"}, exit_usage, "'no name' is no name for a case"},
        {{"import", "log.txt", "--save-case", "/no/such/folder/a.case"}, exit_usage, "/no/such/folder"},
        {{"import", "log.txt", "--save-case", "log.txt"}, exit_usage, "log.txt is the report itself"},
        {{"import"}, exit_usage, "REPORT is required"},
        {{"import", "log.txt", "--report", "2"}, exit_bad_schedule, "there is no report 2"},
        {{"import", "log.txt", "--report", "0"}, exit_usage, "--report"},
        {{"import", "log.txt", "--vocabulary", "missing.txt"}, exit_usage, "--vocabulary: "},
        {{"import", "log.txt", "--vocabulary", "nothing.txt"}, exit_usage, "nothing.txt: line 1: "},
        {{"import", "log.txt", "--json", "/no/such/folder/a.json"}, exit_usage, "--json: "},
    };
    for (const auto& row : rows) {
        CAPTURE(row.err);
        const auto ended = run(row.words, folder.path());
        CHECK(ended.status == row.status);
        CHECK(is_one_line(ended.err));
        CHECK_MESSAGE(contains(ended.err, row.err), ended.err);
        CHECK(folder.names().size() == before);
    }
    CHECK(folder.text("taken.case") == "mine");
}

TEST_CASE("operations that nothing in the catalogue has get an answer and no case") {
    const ScratchFolder folder;
    folder.write("odd.txt",
                 "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n"
                 "READ of size 4 at 0x1 thread T1\n"
                 "    #0 0x2 in RefThing::downgrade() thing.cpp:1\n"
                 "freed by thread T2 here:\n"
                 "    #0 0x3 in Thing::AddRef() thing.cpp:2\n");
    const auto ended = run({"import", "odd.txt"}, folder.path());
    CHECK(ended.status == exit_undecided);
    CHECK_MESSAGE(ended.out.starts_with("cannot tell: use-after-free, downgrade against clone"), ended.out);
    CHECK(ended.err == "revenant: cannot tell: no case was written\n");
    CHECK(folder.names() == Words{"odd.txt"});
}

TEST_CASE("a report that tells no operation gets its kind, and no case") {
    const ScratchFolder folder;
    folder.write("bare.txt",
                 "==1==ERROR: LeakSanitizer: detected memory leaks\n"
                 "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n"
                 "    #0 0x1 in malloc (/usr/lib/libasan.so+0x1)\n"
                 "    #1 0x2 in png_malloc png.c:7\n");
    const auto ended = run({"import", "bare.txt"}, folder.path());
    CHECK(ended.status == exit_undecided);
    CHECK(ended.out.starts_with("kind only: leak"));
    CHECK(ended.err == "revenant: kind only: no case was written\n");
    CHECK(folder.names() == Words{"bare.txt"});
}

constexpr auto buried =
    "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n"
    "READ of size 4 at 0x1 thread T1\n"
    "    #0 0x2 in Corpse::look() corpse.cpp:1\n"
    "freed by thread T2 here:\n"
    "    #0 0x3 in free (/usr/lib/libasan.so+0x1)\n"
    "    #1 0x4 in Corpse::bury() corpse.cpp:2\n";

TEST_CASE("a user's own words are known by --vocabulary") {
    const ScratchFolder folder;
    folder.write("report.txt", buried);
    folder.write("words", "release  bury  any  # ours\n");
    CHECK(run({"import", "report.txt"}, folder.path()).status == exit_undecided);
    const auto known = run({"import", "report.txt", "--vocabulary", "words"}, folder.path());
    CHECK(known.status == exit_as_expected);
    CHECK_MESSAGE(contains(known.out, "T2: free, in release"), known.out);
    const auto text = folder.text("report.case");
    CHECK(contains(text, "from: AddressSanitizer: heap-use-after-free\n"));
    CHECK(contains(text, "from: T1: read of 4 bytes < Corpse::look\n"));
    CHECK(contains(text, "from: T2: free, in release < Corpse::bury\n"));
    CHECK(contains(text, "from: same class\n"));
    CHECK(run({"repro", "report.case"}, folder.path()).status == exit_as_expected);
}

TEST_CASE("the answer as JSON has the same five words, the status and the schedule") {
    const ScratchFolder folder;
    folder.write("report.txt", buried);
    folder.write("words", "release bury any\n");
    const auto kind = run({"import", "report.txt", "--json", "-"}, folder.path());
    CHECK(kind.status == exit_undecided);
    const auto of_kind = nlohmann::json::parse(kind.out);
    CHECK(of_kind.at("schema") == "revenant.import/1");
    CHECK(of_kind.at("answer") == "kind only");
    CHECK(of_kind.at("status") == exit_undecided);
    CHECK_FALSE(of_kind.contains("interleaving"));
    const auto found =
        run({"import", "report.txt", "--vocabulary", "words", "--json", "answer.json"}, folder.path());
    CHECK(found.status == exit_as_expected);
    const auto answer = nlohmann::json::parse(folder.text("answer.json"));
    CHECK(answer.at("answer") == "same class");
    CHECK(answer.at("report").at("sides").at(1).at("operation") == "release");
    CHECK(answer.at("case") == "report.case");
    const std::string schedule = answer.at("interleaving").at("schedule");
    CHECK(run({"replay", schedule}, folder.path()).status == exit_as_expected);
}

}  // namespace
}  // namespace revenant::harness
