#include "harness/torture/whole_files.hpp"

#include <doctest/doctest.h>

#include "harness/process/test_folder.hpp"

namespace revenant::harness::torture {
namespace {

TEST_CASE("a file is whole by the rules of its extension") {
    struct Row {
        const char* name;
        const char* text;
        bool whole;
    };
    const Row rows[] = {
        {"a.json", "{\"rows\": []}\n", true},
        {"a.json", "{\"rows\": []", false},
        {"a.json", "", false},
        {"a.sarif", "{}\n", true},
        {"a.sarif", "{", false},
        {"a.checkpoint", "{\"work\": \"\"}\n", true},
        {"a.checkpoint", "{\"work", false},
        {"a.xml", "<a><b/></a>\n", true},
        {"a.xml", "<a><b/>\n", false},
        {"a.html", "<html></html>\n", true},
        {"a.html", "<html></htm", false},
        {"a.md", "# a\n", true},
        {"a.md", "# a", false},
        {"a.case", "revenant.case/1\nid: a\n", false},
        {"somewhat", "whatever", false},
    };
    for (const auto& [name, text, whole] : rows) {
        CAPTURE(name);
        CAPTURE(text);
        CHECK(is_whole(name, text) == whole);
    }
}

TEST_CASE("each trace of a file that was written in part is named") {
    const Snapshot before{{"old.json", "old"}, {"search.checkpoint", "{}\n"}};
    const auto objection = [&](Snapshot after, bool killed = false) {
        return objection_to_files(before, after, killed).value_or("");
    };
    auto after = before;
    CHECK(objection(after).empty());
    after["old.json"] = "{}\n";
    CHECK(objection(after).empty());
    after["old.json"] = "{";
    CHECK(objection(after) == "the file old.json is not whole: 1 bytes");
    after = before;
    after.erase("search.checkpoint");
    CHECK(objection(after).empty());
    after.erase("old.json");
    CHECK(objection(after) == "the file old.json is gone");
    after = before;
    after[".revenant-x.lock"] = "";
    CHECK(objection(after) == ".revenant-x.lock is left behind");
    CHECK(objection(after, true).empty());
    after[".revenant-y"] = "";
    CHECK(objection(after, true) == ".revenant-y is left behind");
}

TEST_CASE("a snapshot has what is in a folder, hidden files too, and does not wait for a pipe") {
    const ScratchFolder folder;
    folder.write("a", "text");
    folder.write(".b", "");
    std::filesystem::create_directory(folder.file("c"));
    std::filesystem::create_symlink("a", folder.file("d"));
    CHECK(snapshot(folder.path()) ==
          Snapshot{{"a", "text"}, {".b", ""}, {"c", "(no file)"}, {"d", "(a link)"}});
}

}  // namespace
}  // namespace revenant::harness::torture
