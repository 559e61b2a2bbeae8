// Every document of this tree, without running anything: its form, its links, the files that it names.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/documents/read_documents.hpp"
#include "harness/documents/source_tree.hpp"

namespace revenant::harness {
namespace {

namespace fs = std::filesystem;

const std::string root = REVENANT_SOURCE_ROOT;

const std::map<std::string, Document>& documents() {
    static const auto all = read_documents(root);
    return all;
}

std::string place(const std::string& path, unsigned line) { return path + ":" + std::to_string(line); }

TEST_CASE("a block of commands in a document is run, or says why not") {
    REQUIRE(documents().count("README.md") == 1);
    for (const auto& [path, document] : documents()) {
        for (const auto& fault : document.faults) FAIL_CHECK(path, ":", fault);
        for (const auto& block : document.blocks) {
            if (!block.not_run.empty()) MESSAGE(place(path, block.line), " is not run: ", block.not_run);
        }
    }
}

TEST_CASE("a link leads to a file of this tree, and to a heading in it") {
    unsigned links = 0;
    for (const auto& [path, document] : documents()) {
        for (const auto& [line, to] : document.links) {
            INFO(place(path, line), ": ", to);
            const auto hash = to.find('#');
            const auto target = fs::path(folder_of(path)) / to.substr(0, hash);
            const auto file = hash == 0 ? path : target.lexically_normal().generic_string();
            CHECK(fs::exists(root + "/" + file));
            if (hash != to.npos) {
                REQUIRE(documents().count(file) == 1);
                const auto& headings = documents().at(file).headings;
                CHECK(std::ranges::find(headings, to.substr(hash + 1)) != headings.end());
            }
            ++links;
        }
    }
    CHECK(links > 0);
}

std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The text of each fenced block that is code: of a language other than a console's or a text's.
std::vector<std::string> code_blocks(const fs::path& document) {
    std::vector<std::string> blocks;
    std::istringstream lines(text_of(document));
    bool is_code = false;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("```")) {
            if (is_code) blocks.back() += line + "\n";
            continue;
        }
        is_code = !is_code && line != "```" && line != "```console" && line != "```text";
        if (is_code) blocks.emplace_back();
    }
    return blocks;
}

void check_code(const fs::path& document, const fs::path& sources, std::size_t blocks_min) {
    const auto blocks = code_blocks(document);
    CHECK(blocks.size() >= blocks_min);
    for (const auto& block : blocks) {
        CAPTURE(block);
        bool is_there = false;
        for (const auto& file : fs::directory_iterator(sources)) {
            if (!file.is_regular_file() || file.path() == document) continue;
            is_there = is_there || text_of(file).find(block) != std::string::npos;
        }
        CHECK(is_there);
    }
}

TEST_CASE("code that the tutorial shows stands in its project, which is built") {
    const fs::path folder = root + "/scenarios/tutorial";
    check_code(folder / "README.md", folder / "sessions", 4);
}

TEST_CASE("code that the scenarios' page shows stands in a test, which is built") {
    const fs::path folder = root + "/scenarios";
    check_code(folder / "README.md", folder, 1);
}

TEST_CASE("a file that a document names is there") {
    const auto tree = SourceTree::read(root);
    unsigned paths = 0;
    for (const auto& [path, document] : documents()) {
        for (const auto& [line, named] : document.paths) {
            if (!tree.is_path(named)) continue;
            INFO(place(path, line), ": ", named);
            CHECK(tree.has(named, folder_of(path)));
            ++paths;
        }
    }
    CHECK(paths > 0);
}

}  // namespace
}  // namespace revenant::harness
