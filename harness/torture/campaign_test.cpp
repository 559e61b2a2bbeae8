// Commands that misbehave, given to the attacks: each must be convicted.
#include "harness/torture/campaign.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"
#include "harness/torture/orphans.hpp"

namespace revenant::harness::torture {
namespace {

// A command of three lines of shell, and what a round says of it.
class Fake {
public:
    explicit Fake(const std::string& script) {
        folder_.write("revenant", "#!/bin/sh\n" + script + "\n");
        std::filesystem::permissions(folder_.file("revenant"), std::filesystem::perms::owner_all);
    }
    [[nodiscard]] std::string command() const { return folder_.file("revenant"); }
    [[nodiscard]] const ScratchFolder& folder() const { return folder_; }
    [[nodiscard]] Settings settings() const {
        return {.command = command(), .folder = folder_.file("rounds"), .source_root = REVENANT_SOURCE_ROOT};
    }

private:
    ScratchFolder folder_;
};

std::string said_of(const std::string& script) {
    const Fake fake(script);
    const auto settings = fake.settings();
    Figures figures;
    Round round(settings, "trial", 7, figures);
    round.write("old.json", "old");
    round.run({.words = {"--threads", "2"}});
    return round.objection();
}

TEST_CASE("a round objects to a command for what it leaves behind too") {
    CHECK(said_of("exit 2").empty());
    CHECK(said_of("echo '{}' >old.json").empty());
    CHECK(said_of("printf '{' >old.json") == "the file old.json is not whole: 1 bytes");
    CHECK(said_of("rm old.json") == "the file old.json is gone");
    CHECK(said_of("printf '{\"a\"' >new.json") == "the file new.json is not whole: 4 bytes");
    CHECK(said_of("touch .revenant-abc") == ".revenant-abc is left behind");
    CHECK(said_of("kill -ABRT $$").starts_with("was ended by signal 6"));
    CHECK(said_of("printf '\\033[2J'").starts_with("stdout has what cannot be printed"));
}

TEST_CASE("a round objects to a command that leaves a process behind") {
    adopt_orphans();
    const Fake fake("(exec sleep 1000) >/dev/null 2>&1 & exit 0");
    auto settings = fake.settings();
    settings.orphans_patience_seconds = 0.1;
    Figures figures;
    Round round(settings, "trial", 7, figures);
    round.run({.words = {"list"}});
    CHECK(round.objection() == "left 1 processes behind");
}

TEST_CASE("a round that finds something keeps its folder, and another one leaves none") {
    const Fake good("exit 0");
    const Fake bad("echo over >&2; echo new >a.md; exit 70");
    for (const auto* const fake : {&good, &bad}) {
        const auto settings = fake->settings();
        Figures figures;
        {
            Round round(settings, "trial", 7, figures);
            round.write("a.md", "old");
            round.run({.words = {"list"}});
        }
        const auto kept = fake->folder().file("rounds/trial-7");
        CHECK(std::filesystem::exists(kept) == (fake == &bad));
        if (fake != &bad) continue;
        const auto what = fake->folder().text("rounds/trial-7/what-happened.txt");
        CHECK(what.starts_with("ended with status 70: over\n(cd "));
        CHECK(what.ends_with(" list)\n"));
        CHECK(fake->folder().text("rounds/trial-7/stderr.txt") == "over\n");
        CHECK(fake->folder().text("rounds/trial-7/before-a.md") == "old");
    }
}

Finished torture(const Fake& fake, std::vector<std::string> more) {
    std::vector<std::string> words{"--folder", fake.folder().file("rounds")};
    if (more.front() != "--command") words.insert(words.end(), {"--command", fake.command()});
    words.insert(words.end(), more.begin(), more.end());
    return ChildProcess(REVENANT_TORTURE, words, in_folder(fake.folder().path())).finish();
}

// Enough of a command for the attack on streams, which asks nothing of it beforehand.
TEST_CASE("what failed is printed with the command that makes it again, and the status is 1") {
    const Fake bad("kill -SEGV $$");
    const auto ended = torture(bad, {"--attack", "full-disks", "--seed", "41", "--rounds", "2"});
    CHECK(ended.status == 1);
    CHECK_MESSAGE(ended.err.empty(), ended.err);
    CHECK(contains(ended.out, "torture of " + bad.command() + ", seed 41\n"));
    CHECK(contains(ended.out, "full-disks, seed 42: was ended by signal 11"));
    CHECK(contains(ended.out, "--attack full-disks --seed 42 --rounds 1\n"));
    CHECK(contains(ended.out, "| full-disks | 2 | 2 | "));
    CHECK(contains(ended.out, "torture: 2 rounds FAILED"));
    const auto again = torture(bad, {"--attack", "full-disks", "--seed", "42", "--rounds", "1"});
    CHECK(again.status == 1);
    CHECK(contains(again.out, "full-disks, seed 42: was ended by signal 11"));
}

TEST_CASE("a command that behaves gets status 0, and nothing is kept of it") {
    const Fake good("exit 0");
    const auto ended = torture(good, {"--attack", "full-disks", "--seed", "41", "--rounds", "5"});
    CHECK_MESSAGE(ended.status == 0, ended.out);
    CHECK(contains(ended.out, "| full-disks | 5 | 0 | "));
    CHECK(ended.out.ends_with("torture: nothing wrong; seed 41\n"));
    CHECK(std::filesystem::is_empty(good.folder().file("rounds")));
}

TEST_CASE("the same seed attacks in the same way, and another one in another") {
    const auto log_of = [](const char* seed) {
        const Fake good("echo \"$@\" >>\"${0%/*}/log\"");
        const auto ended = torture(good, {"--attack", "full-disks", "--seed", seed, "--rounds", "8"});
        CHECK_MESSAGE(ended.status == 0, ended.out);
        return good.folder().text("log");
    };
    const auto log = log_of("5");
    CHECK_FALSE(log.empty());
    CHECK(log == log_of("5"));
    CHECK(log != log_of("50"));
}

TEST_CASE("an interrupt ends it with the figures so far") {
    const Fake good("exit 0");
    ChildProcess child(REVENANT_TORTURE,
                       {"--command", good.command(), "--folder", good.folder().file("rounds"), "--attack",
                        "full-disks", "--time", "1h"},
                       in_folder(good.folder().path()));
    bool sent = false;
    const auto ended = child.finish(120, {}, [&](std::string_view) {  // its first line: it is under way
        if (!sent) child.send(SIGINT);
        sent = true;
    });
    CHECK(ended.status == 0);
    CHECK(contains(ended.out, "| full-disks | "));
    CHECK(ended.out.ends_with(", interrupted\n"));
    CHECK(std::filesystem::is_empty(good.folder().file("rounds")));
}

TEST_CASE("what cannot be attacked is refused in one line") {
    const Fake silent("exit 0");
    struct Row {
        std::vector<std::string> words;
        const char* err;
    };
    const Row rows[] = {
        {{"--attack", "nonsense"}, "--attack: there is no 'nonsense'; see --help"},
        {{"--time", "10"}, "--time: '10' is not a duration"},
        {{"--command", "/missing"}, "--command: /missing cannot be run"},
        {{"--attack", "noise"}, "noise: revenant-threads is not beside "},
        {{"--attack", "command-lines"}, "--help lists no subcommands"},
        {{"--attack", "mutations", "--source-root", "/proc"}, "/proc has no samples of reports and cases"},
    };
    for (const auto& [words, err] : rows) {
        const auto ended = torture(silent, words);
        CHECK(ended.status == 2);
        CHECK_MESSAGE(contains(ended.err, err), ended.err);
    }
}

}  // namespace
}  // namespace revenant::harness::torture
