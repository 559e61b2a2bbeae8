#include "harness/files/output_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using Names = std::vector<std::string>;

ino_t inode(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_ino;
}

TEST_CASE("a committed file has the whole text and leaves no temporary one behind") {
    const ScratchFolder folder;
    {
        auto file = OutputFile::open(folder.file("out.json"));
        REQUIRE(file);
        const std::string text(300'000, 'x');  // above what a pipe or a stream's buffer holds
        CHECK(file->commit(text) == std::nullopt);
        CHECK(folder.text("out.json") == text);
    }
    CHECK(folder.names() == Names{"out.json"});
}

TEST_CASE("a file that is not committed vanishes, and the old one stays as it was") {
    const ScratchFolder folder;
    folder.write("out.json", "old");
    {
        const auto file = OutputFile::open(folder.file("out.json"));
        REQUIRE(file);
        CHECK(folder.names().size() == 2);
        CHECK(folder.text("out.json") == "old");
    }
    CHECK(folder.names() == Names{"out.json"});
    CHECK(folder.text("out.json") == "old");
}

TEST_CASE("of a symbolic link, the file behind it is replaced") {
    const ScratchFolder folder;
    folder.write("real.json", "old");
    REQUIRE(::symlink("real.json", folder.file("link.json").c_str()) == 0);
    auto file = OutputFile::open(folder.file("link.json"));
    REQUIRE(file);
    CHECK(file->commit("new") == std::nullopt);
    CHECK(folder.text("real.json") == "new");
    CHECK(folder.names() == Names{"link.json", "real.json"});
}

TEST_CASE("a committed file takes the old one's name at once, instead of being written over it") {
    const ScratchFolder folder;
    folder.write("out.json", "old");
    std::ifstream reader(folder.file("out.json"));  // holds the old file
    const auto before = inode(folder.file("out.json"));
    auto file = OutputFile::open(folder.file("out.json"));
    REQUIRE(file);
    CHECK(file->commit("new") == std::nullopt);
    CHECK(folder.text("out.json") == "new");
    CHECK(inode(folder.file("out.json")) != before);
    std::string seen;
    reader >> seen;
    CHECK(seen == "old");
}

TEST_CASE("the temporary file lies beside its target, where a rename is atomic") {
    const ScratchFolder folder;
    const auto file = OutputFile::open(folder.file("out.json"));
    REQUIRE(file);
    REQUIRE(folder.names().size() == 1);
    CHECK(folder.names().front().starts_with("out.json."));
    CHECK(folder.names().front().ends_with(".tmp"));
}

TEST_CASE("a moved file still vanishes once") {
    const ScratchFolder folder;
    {
        auto opened = OutputFile::open(folder.file("out.json"));
        REQUIRE(opened);
        const OutputFile file(std::move(*opened));
        CHECK(folder.names().size() == 1);
    }
    CHECK(folder.names().empty());
}

TEST_CASE("what cannot be written is refused at once, with one line") {
    const ScratchFolder folder;
    folder.write("plain", "");
    struct Row {
        std::string path;
        const char* why;
    };
    const Row rows[] = {
        {folder.path(), "Is a directory"},
        {folder.file("missing/out.json"), "No such file or directory"},
        {folder.file("plain/out.json"), "Not a directory"},
        {"/proc/revenant/out.json", "No such file or directory"},
        {folder.file(std::string(300, 'x')), "File name too long"},
        {"", "No such file or directory"},
    };
    for (const auto& [path, why] : rows) {
        CAPTURE(path);
        const auto file = OutputFile::open(path);
        REQUIRE_FALSE(file);
        CHECK(file.error() == "cannot write " + path + ": " + why);
    }
    CHECK(folder.names() == Names{"plain"});
}

TEST_CASE("a full disk is told when the text is written") {
    auto file = OutputFile::open("/dev/full");
    REQUIRE(file);
    CHECK(file->commit("text") == "cannot write /dev/full: No space left on device");
}

TEST_CASE("a device is written directly") {
    auto file = OutputFile::open("/dev/null");
    REQUIRE(file);
    CHECK(file->commit("text") == std::nullopt);
    CHECK_FALSE(std::filesystem::is_regular_file("/dev/null"));
}

TEST_CASE("a rename that fails leaves no temporary file, and one line") {
    const ScratchFolder folder;
    {
        auto file = OutputFile::open(folder.file("out.json"));
        REQUIRE(file);
        std::filesystem::create_directory(folder.file("out.json"));  // in the way since `open`
        CHECK(file->commit("text") == "cannot write " + folder.file("out.json") + ": Is a directory");
    }
    CHECK(folder.names() == Names{"out.json"});
}

}  // namespace
}  // namespace revenant::harness
