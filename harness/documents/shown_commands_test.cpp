// The commands of every document are run, and print what is shown.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <sstream>

#include "harness/documents/comparison.hpp"
#include "harness/documents/read_documents.hpp"
#include "harness/process/child_process.hpp"
#include "harness/process/test_folder.hpp"

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

/// A folder in which a document's commands find what they find in the root of a tree that `make build` has
/// built, and in which they may write: what they read is copied.
class Workplace {
public:
    Workplace() {
        fs::create_directories(scratch_.file("build/release"));
        fs::create_directory_symlink(REVENANT_BIN, scratch_.file("build/release/bin"));
        // What the tutorial has its readers copy, and build in two folders.
        fs::copy(root + "/scenarios/tutorial/sessions", scratch_.file("sessions"));
        fs::create_directory_symlink(REVENANT_TUTORIAL, scratch_.file("sessions/build"));
        fs::create_directory_symlink(REVENANT_TUTORIAL "/mended", scratch_.file("sessions/mended"));
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

// A page shows what a build by g++ prints. Clang's code takes a weak CAS for a strong one, so that no
// execution is blocked because one has failed for no reason: how many are is left out there.
std::vector<std::string> of_any_compiler(std::vector<std::string> lines) {
#ifdef __clang__
    static const std::regex blocked(" and [0-9]+ blocked");
    for (auto& line : lines) line = std::regex_replace(line, blocked, "");
#endif
    return lines;
}

void run_block(const CommandBlock& block, const std::string& path, Workplace& workplace) {
    for (auto command = block.commands.begin(); command != block.commands.end(); ++command) {
        INFO(path, ":", command->line, ": ", command->words);
        const auto finished = workplace.run(command->words);
        const auto differs =
            difference(of_any_compiler(command->output), of_any_compiler(lines_of(finished.out)));
        CHECK_MESSAGE(!differs, differs.value_or(""), "\nIt printed:\n", finished.out);
        CHECK_FALSE(finished.late);
        const bool shows_status = command + 1 != block.commands.end() && (command + 1)->words == "echo $?";
        const bool as_shown = finished.status == 0 || shows_status;
        CHECK_MESSAGE(as_shown, "it ended with status ", finished.status, "; `$ echo $?` beneath shows that");
    }
}

TEST_CASE("a command prints what its document shows, times left out") {
    unsigned run = 0;
    for (const auto& [path, document] : read_documents(root)) {
        Workplace workplace;
        for (const auto& block : document.blocks) {
            if (!block.not_run.empty()) continue;
            run_block(block, path, workplace);
            ++run;
        }
    }
    CHECK(run >= 10);
}

}  // namespace
}  // namespace revenant::harness
