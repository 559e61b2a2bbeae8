#include "harness/files/case_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "harness/process/test_folder.hpp"
#include "reports/made_row.hpp"

namespace revenant::harness {
namespace {

using Names = std::vector<std::string>;
using Verdicts = std::vector<std::pair<std::string, std::string>>;

const Verdicts verdicts{{"legacy_registry", "broken: resurrection"}, {"weak_registry", "correct"}};

void save(const ScratchFolder& folder, const std::string& name) {
    auto file = CaseFile::open(folder.file(name));
    REQUIRE_MESSAGE(file, file.error());
    REQUIRE(file->commit(reports::broken_row(), verdicts) == std::nullopt);
}

TEST_CASE("a schedule begins with its version and a colon; all else is the name of a file") {
    for (const auto* const text : {"rv1:a/b:c:2:-:0", "rv9:", "rv:x"}) CHECK(is_schedule(text));
    for (const auto* const text :
         {"", "rv", "rv1", "a.case", "./rv1:a.case", "/rv1:x", "r:v", "folder/rv1:x"}) {
        CHECK_FALSE(is_schedule(text));
    }
}

TEST_CASE("a case that is saved is the case that is loaded, by its file or by its folder") {
    const ScratchFolder folder;
    save(folder, "a-bug-with-a-long-name-1234.case");
    CHECK(folder.names() == Names{"a-bug-with-a-long-name-1234.case"});
    const auto expected = reports::case_of("a-bug-with-a-long-name-1234", reports::broken_row(), verdicts);
    for (const auto& path : {folder.file("a-bug-with-a-long-name-1234.case"), folder.path()}) {
        const auto loaded = load_case(path);
        REQUIRE_MESSAGE(loaded, loaded.error());
        CHECK(*loaded == expected);
    }
}

TEST_CASE("a folder without a case, or with two, is refused in one line") {
    const ScratchFolder folder;
    CHECK(load_case(folder.path()).error() == folder.path() + " has 0 *.case files; name one");
    save(folder, "one.case");
    save(folder, "two.case");
    CHECK(load_case(folder.path()).error() == folder.path() + " has 2 *.case files; name one");
}

TEST_CASE("a file that is not there, or no whole case, is refused in one line that names it") {
    const ScratchFolder folder;
    const auto missing = folder.file("a-case-that-is-not-there.case");
    CHECK(load_case(missing).error() == "cannot read " + missing + ": No such file or directory");
    save(folder, "whole.case");
    const auto whole = folder.text("whole.case");
    const auto cut = folder.file("a-case-that-is-cut-short.case");
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 40) {
        folder.write("a-case-that-is-cut-short.case", whole.substr(0, size));
        const auto loaded = load_case(cut);
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().starts_with(cut + ": "));
        CHECK(loaded.error().find('\n') == std::string::npos);
    }
}

TEST_CASE("a name that is none for a case is refused before anything is written") {
    const ScratchFolder folder;
    for (const auto& name : {std::string("two words.case"), std::string("a_b.case"), std::string(".case/"),
                             std::string(65, 'x') + ".case"}) {
        CAPTURE(name);
        const auto file = CaseFile::open(folder.file(name));
        REQUIRE_FALSE(file);
        CHECK(file.error().starts_with("--save-case: '"));
    }
    CHECK(folder.names().empty());
    CHECK(CaseFile::open(folder.file("no/such.case")).error() ==
          "cannot write " + folder.file("no/such.case") + ": No such file or directory");
}

TEST_CASE("a case without a finding to write leaves no file behind") {
    const ScratchFolder folder;
    {
        const auto file = CaseFile::open(folder.file("nothing-was-found.case"));
        REQUIRE(file);
    }
    CHECK(folder.names().empty());
}

}  // namespace
}  // namespace revenant::harness
