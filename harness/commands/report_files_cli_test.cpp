// The files that `check` writes its report to, as a black box.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>

#include "harness/commands/exit_status.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"
#include "harness/process/test_text.hpp"

namespace revenant::harness {
namespace {

using Words = std::vector<std::string>;

Finished run(const Words& words, const std::string& folder) {
    return ChildProcess(REVENANT_COMMAND, words, in_folder(folder)).finish();
}
Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST_CASE(
    "every format goes to its file in one run, and a second run gives the same bytes but for the seconds") {
    const ScratchFolder folder;
    const Words words{"check",           "registry/intern_vs_last_release",
                      "--threads",       "2",
                      "--interleavings", "none",
                      "--json",          "a.json",
                      "--junit",         "a.xml",
                      "--sarif",         "a.sarif",
                      "--markdown",      "a.md",
                      "--html",          "a.html"};
    const auto without_seconds = [&](const std::string& name) {
        static const std::regex seconds(R"([0-9]+\.[0-9]+(e-[0-9]+)?|[0-9]e-[0-9]+)");
        static const std::regex made("<dt>made</dt><dd>[^<]*</dd>");  // when; the page alone has it
        const auto text = std::regex_replace(folder.text(name), made, "M");
        return std::regex_replace(text, seconds, "S");
    };
    const std::pair<const char*, const char*> files[] = {{"a.json", "\"revenant.results/1\""},
                                                         {"a.xml", "<testsuites"},
                                                         {"a.sarif", "\"2.1.0\""},
                                                         {"a.md", "| legacy_registry |"},
                                                         {"a.html", "<!DOCTYPE html>"}};
    std::map<std::string, std::string> before;
    for (int i = 0; i < 2; ++i) {
        const auto result = run(words, folder.path());
        CHECK_MESSAGE(result.status == exit_as_expected, result.err);
        CHECK(folder.names().size() == 5);
        for (const auto& [name, part] : files) {
            CHECK_MESSAGE(contains(folder.text(name), part), name);
            if (i == 0) before[name] = without_seconds(name);
            CHECK_MESSAGE(without_seconds(name) == before[name], name);
        }
    }
    const auto page = folder.text("a.html");
    static const std::regex date(
        R"(<dt>made</dt><dd>20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC</dd>)");
    CHECK(std::regex_search(page, date));
    CHECK(contains(page, "<dt>command</dt><dd>revenant check registry/intern_vs_last_release --threads 2 "));
    CHECK(contains(page, "<dt>build</dt>"));
    CHECK(contains(page, "<dt>machine</dt>"));
    CHECK_FALSE(contains(folder.text("a.json"), "provenance"));
    // Lines of the source that the finding's steps are at.
    CHECK(contains(folder.text("a.html"), "existing-\\u003eref();"));
    CHECK(contains(folder.text("a.sarif"), "impl/registry/legacy_registry.hpp"));
    const auto elsewhere = run(with(words, {"--source-root", folder.path()}), folder.path());
    CHECK(elsewhere.status == exit_as_expected);
    CHECK_FALSE(contains(folder.text("a.html"), "existing-\\u003eref();"));
}

TEST_CASE("a page's command line can be pasted: what a shell would change is quoted") {
    const ScratchFolder folder;
    const auto result = run({"check", "tutorial/*", "--threads", "2", "--html", "it's.html"}, folder.path());
    CHECK_MESSAGE(result.status == exit_as_expected, result.err);
    CHECK(contains(folder.text("it's.html"),
                   "revenant check &#39;tutorial/*&#39; --threads 2 --html "
                   "&#39;it&#39;\\&#39;&#39;s.html&#39;</dd>"));
}

TEST_CASE("two formats in one file, or in a folder that is not there, are one line and no file") {
    const ScratchFolder folder;
    const Words row{"check", "tutorial/*", "--threads", "2"};
    const std::pair<Words, const char*> mistakes[] = {
        {{"--junit", "a", "--sarif", "a"}, "--junit and --sarif name the same file"},
        {{"--json", "a", "--html", "./a"}, "--json and --html name the same file"},
        {{"--markdown", "no/a.md"}, "no/a.md"},
        {{"--html", ""}, "--html: is empty"},
        {{"--html", "-"}, "only --json may be -"},
        {{"--source-root", "no"}, "--source-root"},
    };
    for (const auto& [more, err] : mistakes) {
        const auto result = run(with(row, more), folder.path());
        CHECK(result.status == exit_usage);
        CHECK_MESSAGE(contains(result.err, err), result.err);
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
        CHECK(folder.names().empty());
    }
}

}  // namespace
}  // namespace revenant::harness
