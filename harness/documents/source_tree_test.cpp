#include "harness/documents/source_tree.hpp"

#include <doctest/doctest.h>

namespace revenant::harness {
namespace {

// Sorted, as `read` makes them.
const SourceTree tree({".ci", ".ci/run", "README.md", "impl", "impl/README.md", "impl/registry",
                       "impl/registry/weak.hpp", "reports", "reports/bugs", "reports/bugs/one",
                       "reports/bugs/one/one.case", "reports/writers", "reports/writers/json.cpp",
                       "reports/writers/json.hpp", "reports/writers/page.hpp"});

TEST_CASE("the documents are the Markdown files of all folders") {
    CHECK(tree.documents() == std::vector<std::string>{"README.md", "impl/README.md"});
    CHECK(folder_of("impl/README.md") == "impl");
    CHECK(folder_of("README.md").empty());
}

TEST_CASE("a text is a path by its first folder, by its ending, or by a slash at the end") {
    for (const char* text : {"impl/registry", ".ci/run", "weak.hpp", "x/y.cpp", "a_test.mjs", "registry/",
                             "writers/NAME.{hpp,cpp}", "impl/nothing"}) {
        CAPTURE(text);
        CHECK(tree.is_path(text));
    }
    for (const char* text : {"registry/two_keys", "build/reports/report.html", "build/x.json", "/x/y.hpp",
                             ".cpp", "std.x", "0.1.0", "and/or"}) {
        CAPTURE(text);
        CHECK_FALSE(tree.is_path(text));
    }
}

TEST_CASE("a path is looked for from the root, from the document's folder and below it") {
    struct Row {
        const char* path;
        const char* folder;
        bool there;
    };
    const Row rows[] = {
        {"impl/registry/weak.hpp", "", true},
        {"impl/registry/weak.hpp", "reports", true},
        {"registry/weak.hpp", "impl", true},
        {"weak.hpp", "impl", true},
        {"weak.hpp", "", true},
        {"weak.hpp", "reports", false},
        {"registry/", "impl", true},
        {"registry/", "reports", false},
        {"reports/bugs/ID/ID.case", "", true},
        {"bugs/ID/ID.hpp", "reports", false},
        {"reports/*/json.hpp", "", true},
        {"writers/json.{hpp,cpp}", "reports", true},
        {"writers/page.{hpp,cpp}", "reports", false},
        {"writers/NAME.hpp", "reports", true},
        {"README.md", "impl", true},
        {"eak.hpp", "impl", false},
        {"impl/registry/wea", "", false},
    };
    for (const auto& [path, folder, there] : rows) {
        CAPTURE(path);
        CAPTURE(folder);
        CHECK(tree.has(path, folder) == there);
    }
}

}  // namespace
}  // namespace revenant::harness
