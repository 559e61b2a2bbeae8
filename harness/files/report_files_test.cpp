// Every format, written into a folder of the test's own under names that no string holds within itself.
#include "harness/files/report_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "harness/process/test_folder.hpp"
#include "reports/made_row.hpp"

namespace revenant::harness {
namespace {

using Names = std::vector<std::string>;

std::string long_name(const ReportFormat& format) {
    return "a-report-with-a-long-name." + std::string(format.option).substr(2);
}

ReportPaths every_format(const ScratchFolder& folder) {
    ReportPaths paths;
    for (const auto& format : report_formats()) paths.*format.path = folder.file(long_name(format));
    return paths;
}

TEST_CASE("every format has an option, a help text and a path of its own") {
    REQUIRE(report_formats().size() == 5);
    ReportPaths paths;
    for (const auto& format : report_formats()) {
        CHECK(std::string(format.option).starts_with("--"));
        CHECK_FALSE(std::string(format.help).empty());
        CHECK((paths.*format.path).empty());
        paths.*format.path = "taken";
    }
    CHECK(paths.source_root.empty());
}

TEST_CASE("every format is written to the file that was named for it, and nothing else is") {
    const ScratchFolder folder;
    const auto report = reports::report_of_every_row();
    {
        auto files = ReportFiles::open(every_format(folder));
        REQUIRE_MESSAGE(files, files.error());
        CHECK(files->commit(report) == std::nullopt);
    }
    Names expected;
    for (const auto& format : report_formats()) {
        CAPTURE(std::string(format.option));
        expected.push_back(long_name(format));
        CHECK(folder.text(long_name(format)) == format.write(report));
        CHECK(folder.text(long_name(format)).size() > 1000);
    }
    auto names = folder.names();
    std::ranges::sort(names);
    std::ranges::sort(expected);
    CHECK(names == expected);
}

TEST_CASE("files that are opened and not committed leave nothing behind") {
    const ScratchFolder folder;
    {
        const auto files = ReportFiles::open(every_format(folder));
        REQUIRE(files);
        CHECK(folder.names().size() == (folder.holds_nameless_files() ? 0 : report_formats().size()));
    }
    CHECK(folder.names().empty());
}

TEST_CASE("one path that cannot be written refuses all, in one line, and leaves nothing behind") {
    const ScratchFolder folder;
    for (const auto& format : report_formats()) {
        auto paths = every_format(folder);
        const auto missing = folder.file("a-folder-that-is-not-there/report");
        paths.*format.path = missing;
        const auto files = ReportFiles::open(paths);
        REQUIRE_FALSE(files);
        CHECK(files.error() == "cannot write " + missing + ": No such file or directory");
        CHECK(folder.names().empty());
    }
}

TEST_CASE("a file that turns out to be full is told, and costs none of the others") {
    const ScratchFolder folder;
    auto paths = every_format(folder);
    paths.junit = "/dev/full";
    auto files = ReportFiles::open(paths);
    REQUIRE(files);
    CHECK(files->commit(reports::report_of_every_row()) == "cannot write /dev/full: No space left on device");
    CHECK(folder.names().size() == report_formats().size() - 1);
}

TEST_CASE("the options that were given are listed with their paths, but for the one that is stdout") {
    ReportPaths paths;
    CHECK(paths.given().empty());
    paths.json = "-";
    paths.html = "/a/long/path/to/a/page.html";
    CHECK(paths.json_to_stdout());
    const auto given = paths.given();
    REQUIRE(given.size() == 1);
    CHECK(std::string(given[0].first) == "--html");
    CHECK(given[0].second == paths.html);
    const ScratchFolder folder;
    paths.html = folder.file("a-page-with-a-long-name.html");
    auto files = ReportFiles::open(paths);
    REQUIRE(files);
    CHECK(files->commit({}) == std::nullopt);
    CHECK(folder.names() == Names{"a-page-with-a-long-name.html"});
}

TEST_CASE("two options that lead to one file are found out, however it is spelled") {
    const ScratchFolder folder;
    folder.write("a-file-that-is-there.json", "");
    std::filesystem::create_symlink(folder.file("a-file-that-is-there.json"), folder.file("link"));
    std::filesystem::create_directory(folder.file("sub"));
    const auto first = folder.file("a-file-that-is-there.json");
    for (const auto& second : {first, folder.file("sub/../a-file-that-is-there.json"), folder.file("link"),
                               folder.path() + "//a-file-that-is-there.json"}) {
        CAPTURE(second);
        CHECK(named_twice({{"--json", first}, {"--junit", ""}, {"--html", second}}) ==
              "--json and --html name the same file");
    }
    CHECK(named_twice({{"--json", first}, {"--html", folder.file("another-file.html")}}) == std::nullopt);
    CHECK(named_twice({{"--json", ""}, {"--html", ""}}) == std::nullopt);
    CHECK(named_twice({}) == std::nullopt);
}

TEST_CASE("the sources that the findings name are read from below the root, and from nowhere else") {
    const ScratchFolder folder;
    auto report = reports::Report{{reports::broken_row()}};
    const std::string name = report.rows[0].outcome.trace.steps[0].operation.where.file_name();
    REQUIRE_FALSE(std::filesystem::path(name).is_absolute());
    add_sources(report, folder.path());
    CHECK(report.sources.empty());  // it is not there
    std::filesystem::create_directories(std::filesystem::path(folder.file(name)).parent_path());
    folder.write(name, "first\nsecond");
    add_sources(report, folder.path());
    REQUIRE(report.sources.count(name) == 1);
    CHECK(report.sources[name] == Names{"first", "second"});
    report.sources.clear();
    folder.write(name, std::string((1 << 20) + 1, 'x'));  // no source is so long
    add_sources(report, folder.path());
    CHECK(report.sources.empty());
    auto quiet = reports::Report{
        {reports::row_without_finding(model::Verdict::correct, model::Verdict::correct, true)}};
    folder.write(name, "first");
    add_sources(quiet, folder.path());
    CHECK(quiet.sources.empty());
}

}  // namespace
}  // namespace revenant::harness
