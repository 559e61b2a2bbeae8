// Cases as a black box: saved, replayed, held against the build, and refused.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>

#include "harness/commands/exit_status.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"
#include "model/checksum.hpp"

namespace revenant::harness {
namespace {

using Words = std::vector<std::string>;

Finished run(const Words& words, const std::string& folder = "/") {
    return ChildProcess(REVENANT_COMMAND, words, in_folder(folder)).finish(300);
}

const Words legacy_row{
    "check", "registry/intern_vs_last_release", "--implementation", "legacy_registry", "--threads", "2"};

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::string edited(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    REQUIRE(at != text.npos);
    text.replace(at, what.size(), with);
    text.erase(text.rfind("checksum: "));
    return text + "checksum: " + model::checksum(text) + "\n";
}

TEST_CASE("a finding is saved as a case, which is replayed to the same interleaving, byte for byte") {
    const ScratchFolder folder;
    const auto checked = run(with(legacy_row, {"--save-case", "found-it.case"}), folder.path());
    CHECK(checked.status == exit_as_expected);
    CHECK(folder.names() == Words{"found-it.case"});
    CHECK(contains(folder.text("found-it.case"), "\nid: found-it\n"));
    const auto replayed = run({"replay", "found-it.case"}, folder.path());
    CHECK(replayed.status == exit_as_expected);
    REQUIRE(!replayed.out.empty());
    CHECK(checked.out.starts_with(replayed.out));
    const auto before = folder.text("found-it.case");
    CHECK(run(with(legacy_row, {"--save-case", "found-it.case"}), folder.path()).status == exit_as_expected);
    CHECK(folder.text("found-it.case") == before);
    const auto on_threads =
        run({"replay", "found-it.case", "--on", "threads", "--sanitizer", "address", "--no-reports"},
            folder.path());
    CHECK(on_threads.status == exit_as_expected);
    CHECK(contains(on_threads.out, "heap-use-after-free, 1 of 1"));
}

TEST_CASE("what cannot be saved as a case is one line, and leaves no file") {
    const ScratchFolder folder;
    struct Row {
        Words words;
        const char* err;
    };
    const Row rows[] = {
        {{"check", "registry/*", "--threads", "2", "--save-case", "a.case"},
         "--save-case is of one finding: this selection has 84 rows"},
        {with(legacy_row, {"--save-case", "no name.case"}), "'no name' is no name for a case"},
        {with(legacy_row, {"--save-case", "a.case", "--json", "a.case"}),
         "--save-case and --json name the same file"},
        {with(legacy_row, {"--save-case", "a.case", "--checkpoint", "a.case"}),
         "--save-case and --checkpoint name the same file"},
        {with(legacy_row, {"--save-case", "/no/such/folder/a.case"}), "/no/such/folder"},
        {{"check", "tutorial/*", "--implementation", "fetch_add", "--threads", "2", "--save-case", "a.case"},
         "there is no finding"},
    };
    for (const auto& row : rows) {
        const auto result = run(row.words, folder.path());
        CAPTURE(result.err);
        CHECK(result.status == exit_usage);
        CHECK(is_one_line(result.err));
        CHECK(contains(result.err, row.err));
        CHECK(folder.names().empty());
    }
}

TEST_CASE(
    "a case that is damaged, of another version, of another program or not there is one line, with status "
    "3") {
    const ScratchFolder folder;
    REQUIRE(run(with(legacy_row, {"--save-case", "good.case"}), folder.path()).status == exit_as_expected);
    const auto good = folder.text("good.case");
    struct Row {
        std::string text;
        const char* err;
    };
    const std::string name = "registry/intern_vs_last_release";
    const auto renamed = [&](std::string text) {
        for (auto at = text.find(name); at != text.npos; at = text.find(name))
            text.replace(at, name.size(), "registry/gone");
        return edited(text, "id: good", "id: good");
    };
    const Row rows[] = {
        {"", "bad.case: this is no case: one begins with revenant.case/1"},
        {edited(good, "case/1", "case/7"),
         "bad.case: version 'revenant.case/7' is unknown; this build reads revenant.case/1"},
        {good.substr(0, good.size() / 2), "bad.case: damaged, or edited by hand"},
        {good + "more\n", "bad.case: damaged, or edited by hand"},
        {edited(good, "verdict: weak_registry = correct", "verdict: weak_registry = \x1b]0;owned\x07"),
         "it has a character that cannot be printed"},
        {edited(good, "verdict: weak_registry = correct", "verdict: weak_registry = fine"),
         "a verdict is `implementation = correct` or `… = broken: kind`"},
        {edited(good, "finding: resurrection", "finding: leak"),
         "good: the finding was leak (no strong count goes 0→1), and is now resurrection"},
        {edited(good, "place: step 18", "place: step 17"),
         "good: the finding was at step 17, and is now at step 18"},
        {edited(good, "digest: ", "digest: 0"), "good: the values at the end are others than they were"},
        {edited(good, "T2 registry#1.mutex lock", "T2 registry#1.mutex load = 1"),
         "good: the program has changed: step 14 was 'T2 registry#1.mutex load = 1', and is now 'T2 "
         "registry#1.mutex lock'"},
        {edited(good, ":v:0*2,1*3", ":v:0*2,1*3,0"), "the program differs from it at choice 6 of 6"},
        {edited(good, ":v:0*2,1*3", ":v:0,1,0,1*2"),
         "good: the program has changed: step 9 was 'T1 config#1.strong fetch_sub 1→0', and is now 'T2 make "
         "config#2'"},
        {renamed(good), "good: the catalogue has no legacy_registry for registry/gone any more"},
    };
    for (const auto& row : rows) {
        folder.write("bad.case", row.text);
        for (const auto& words : {Words{"replay", "bad.case"}, Words{"repro", "bad.case"},
                                  Words{"replay", "bad.case", "--on", "threads"}}) {
            const auto result = run(words, folder.path());
            CAPTURE(result.err);
            CHECK(result.status == exit_bad_schedule);
            CHECK(is_one_line(result.err));
            CHECK_MESSAGE(contains(result.err, row.err), row.err);
        }
    }
    for (const auto* const path : {"not-there.case", "/proc/self/mem", "."}) {
        const auto result = run({"repro", path}, "/proc");
        CAPTURE(result.err);
        CHECK(result.status == exit_bad_schedule);
        CHECK(is_one_line(result.err));
    }
}

TEST_CASE("minimise makes a schedule smaller, names the two steps that it hangs on, and writes a case") {
    const ScratchFolder folder;
    const auto result = run({"minimise", "rv1:registry/intern_vs_last_release:legacy_registry:2:v:0,1,0,1*2",
                             "--save-case", "small.case"},
                            folder.path());
    CHECK(result.status == exit_as_expected);
    CHECK(result.err.empty());
    CHECK(contains(result.out, "2 threads, 18 steps, 1 switch; it was 2 threads, 18 steps, 2 switches\n"));
    // With the interleaving, in its width.
    CHECK(contains(result.out,
                   "swap these two and it passes: step 9, T1 config#1.strong fetch_sub 1→0, and step 18, T2\n"
                   "config#1.strong fetch_add 0→1\n"));
    const auto again = run({"minimise", "small.case"}, folder.path());
    CHECK(contains(again.out, "2 threads, 18 steps, 1 switch; it was 2 threads, 18 steps, 1 switch\n"));
    const auto well = run({"minimise", "rv1:tutorial/lost_update:fetch_add:2:v:0,1,0,1"});
    CHECK(well.status == exit_bad_schedule);
    CHECK(well.err == "revenant: this execution ends well: there is nothing to minimise\n");
    CHECK(run({"minimise", "small.case", "--save-case", "/no/such/a.case"}, folder.path()).status ==
          exit_usage);
    CHECK(folder.names() == Words{"small.case"});
}

TEST_CASE("every bug report that is shipped holds: broken and fixed, in the model and on real threads") {
    int bugs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(REVENANT_BUGS)) {
        const auto id = entry.path().filename().string();
        CAPTURE(id);
        CHECK(std::filesystem::exists(entry.path() / "README.md"));
        CHECK(std::filesystem::exists(entry.path() / (id + ".case")));
        const auto result = run({"repro", entry.path().string()});
        CAPTURE(result.out);
        CHECK(result.status == exit_as_expected);
        CHECK(result.err.empty());
        CHECK(result.out.starts_with(id + "\n"));
        CHECK(contains(result.out, "12 implementations searched: 12 as the case says"));
        CHECK(contains(
            result.out,
            " is its fix: it ends well along the same schedule, on real threads under ASan and TSan too.\n"));
        ++bugs;
    }
    CHECK(bugs >= 2);
}

TEST_CASE("a case without verdicts searches nothing, and does not say that all is as it says") {
    const ScratchFolder folder;
    REQUIRE(run(with(legacy_row, {"--save-case", "good.case"}), folder.path()).status == exit_as_expected);
    auto text = folder.text("good.case");
    for (auto at = text.find("verdict: "); at != text.npos; at = text.find("verdict: ")) {
        text.erase(at, text.find('\n', at) + 1 - at);
    }
    folder.write("bad.case", edited(text, "id: good", "id: good"));
    const auto result = run({"repro", "bad.case"}, folder.path());
    CHECK(result.status == exit_undecided);
    CHECK(contains(result.out, "the case has no verdicts: no implementation was searched"));
    CHECK_FALSE(contains(result.out, "as the case says"));
}

TEST_CASE("a case whose verdicts are not those of the search does not hold") {
    const ScratchFolder folder;
    REQUIRE(run(with(legacy_row, {"--save-case", "good.case"}), folder.path()).status == exit_as_expected);
    folder.write("bad.case", edited(folder.text("good.case"), "verdict: weak_registry = correct",
                                    "verdict: weak_registry = broken: leak"));
    const auto result = run({"repro", "bad.case"}, folder.path());
    CHECK(result.status == exit_not_as_expected);
    CHECK(contains(result.out,
                   "weak_registry: the case says broken: leak, and the search correct  NOT AS EXPECTED"));
    CHECK(contains(result.out, "12 implementations searched: 11 as the case says"));
}

}  // namespace
}  // namespace revenant::harness
