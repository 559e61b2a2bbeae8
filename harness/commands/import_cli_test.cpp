// Bug reports as a black box: made by real threads under the sanitizers, imported, and replayed.
#include <doctest/doctest.h>

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
        CHECK(contains(imported.out, std::string("same signature: ") + bug.kind));
        CHECK(contains(imported.out, "at source lines of the report"));
        const auto text = folder.text("report.case");
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

TEST_CASE("a signature that nothing has writes no case, and says what was searched") {
    const ScratchFolder folder;
    folder.write("odd.txt",
                 "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n"
                 "READ of size 4 at 0x1 thread T1\n"
                 "    #0 0x2 in Thing::downgrade() thing.cpp:1\n"
                 "freed by thread T2 here:\n"
                 "    #0 0x3 in Thing::AddRef() thing.cpp:2\n");
    const auto ended = run({"import", "odd.txt"}, folder.path());
    CHECK(ended.status == exit_undecided);  // not every candidate is searched to its end
    CHECK(contains(ended.err, "no interleaving with this signature in 40 of 40 candidates"));
    CHECK(folder.names() == Words{"odd.txt"});
}

TEST_CASE("a report that tells no operation gets an interleaving of its kind to look at, and no case") {
    const ScratchFolder folder;
    folder.write("bare.txt",
                 "==1==ERROR: LeakSanitizer: detected memory leaks\n"
                 "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n"
                 "    #0 0x1 in malloc (/usr/lib/libasan.so+0x1)\n"
                 "    #1 0x2 in png_malloc png.c:7\n");
    const auto ended = run({"import", "bare.txt"}, folder.path());
    CHECK(ended.status == exit_undecided);
    CHECK(contains(ended.out, "same kind only: leak"));
    CHECK(contains(ended.err, "the report tells no operation: no case was written"));
    CHECK(folder.names() == Words{"bare.txt"});
}

}  // namespace
}  // namespace revenant::harness
