// Every document of this tree: its commands are run, and print what is shown; its links lead somewhere; the
// files that it names are there.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "harness/child_process.hpp"
#include "harness/documents/comparison.hpp"
#include "harness/documents/document.hpp"
#include "harness/documents/source_tree.hpp"
#include "harness/scratch_folder.hpp"

namespace revenant::harness {
namespace {

namespace fs = std::filesystem;

const std::string root = REVENANT_SOURCE_ROOT;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

const SourceTree& source_tree() {
    static const auto tree = SourceTree::read(root);
    return tree;
}

/// By path.
const std::map<std::string, Document>& documents() {
    static const auto all = [] {
        std::map<std::string, Document> read;
        for (const auto& path : source_tree().documents()) {
            std::ostringstream text;
            text << std::ifstream(root + "/" + path).rdbuf();
            read.emplace(path, parse_document(text.str()));
        }
        return read;
    }();
    return all;
}

std::string place(const std::string& path, unsigned line) { return path + ":" + std::to_string(line); }

/// A folder in which a document's commands find what they find in the root of a tree that `make build` has
/// built, and in which they may write: what they read is copied.
class Workplace {
public:
    Workplace() {
        fs::create_directories(scratch_.file("build/release"));
        fs::create_directory_symlink(REVENANT_BIN, scratch_.file("build/release/bin"));
        for (const char* folder : {"reports/bugs", "reports/import/samples"}) {
            fs::create_directories(scratch_.file(folder));
            fs::copy(root + "/" + folder, scratch_.file(folder), fs::copy_options::recursive);
        }
    }

    /// Runs it in a shell, both outputs in one; `$?` is the status of the command before.
    Finished run(const std::string& words) {
        const auto script = "exec 2>&1\n(exit " + std::to_string(status_) + ")\n" + words;
        auto finished = ChildProcess("/bin/sh", {"-c", script}, in_folder(scratch_.path())).finish();
        status_ = finished.status;
        return finished;
    }

private:
    ScratchFolder scratch_;
    int status_ = 0;
};

void run_block(const CommandBlock& block, const std::string& path, Workplace& workplace) {
    for (auto command = block.commands.begin(); command != block.commands.end(); ++command) {
        INFO(place(path, command->line), ": ", command->words);
        const auto finished = workplace.run(command->words);
        const auto differs = difference(command->output, lines_of(finished.out));
        CHECK_MESSAGE(!differs, differs.value_or(""), "\nIt printed:\n", finished.out);
        CHECK_FALSE(finished.late);
        const bool shows_status = command + 1 != block.commands.end() && (command + 1)->words == "echo $?";
        const bool as_shown = finished.status == 0 || shows_status;
        CHECK_MESSAGE(as_shown, "it ended with status ", finished.status, "; `$ echo $?` beneath shows that");
    }
}

TEST_CASE("a block of commands in a document is run, or says why not") {
    REQUIRE(documents().count("README.md") == 1);
    for (const auto& [path, document] : documents()) {
        for (const auto& fault : document.faults) FAIL_CHECK(path, ":", fault);
        for (const auto& block : document.blocks) {
            if (!block.not_run.empty()) MESSAGE(place(path, block.line), " is not run: ", block.not_run);
        }
    }
}

TEST_CASE("a command prints what its document shows, times left out") {
    unsigned run = 0;
    for (const auto& [path, document] : documents()) {
        Workplace workplace;
        for (const auto& block : document.blocks) {
            if (!block.not_run.empty()) continue;
            run_block(block, path, workplace);
            ++run;
        }
    }
    CHECK(run >= 10);
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

TEST_CASE("a file that a document names is there") {
    unsigned paths = 0;
    for (const auto& [path, document] : documents()) {
        for (const auto& [line, named] : document.paths) {
            if (!source_tree().is_path(named)) continue;
            INFO(place(path, line), ": ", named);
            CHECK(source_tree().has(named, folder_of(path)));
            ++paths;
        }
    }
    CHECK(paths > 0);
}

}  // namespace
}  // namespace revenant::harness
