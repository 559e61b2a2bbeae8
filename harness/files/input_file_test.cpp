#include "harness/files/input_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("a file is read whole, byte by byte as it is") {
    const ScratchFolder folder;
    for (const auto& text :
         {std::string(), std::string("no newline"), std::string("\0\xff\r\n", 4), std::string((1 << 16), 'x'),
          std::string((1 << 16) + 1, 'y'), std::string(1'000'000, 'z')}) {
        folder.write("a-file-with-a-long-name.txt", text);
        const auto read = read_file(folder.file("a-file-with-a-long-name.txt"));
        REQUIRE_MESSAGE(read, read.error());
        CHECK(*read == text);
    }
}

TEST_CASE("what cannot be read is refused in one line that names it") {
    const ScratchFolder folder;
    const std::pair<std::string, const char*> rows[] = {
        {folder.file("a-file-that-is-not-there.txt"), "No such file or directory"},
        {folder.path(), "Is a directory"},
        {"", "No such file or directory"},
        {folder.file(std::string(300, 'x')), "File name too long"},
    };
    for (const auto& [path, why] : rows) {
        CAPTURE(path);
        const auto read = read_file(path);
        REQUIRE_FALSE(read);
        CHECK(read.error() == "cannot read " + path + ": " + why);
    }
}

volatile std::sig_atomic_t wish = 0;

TEST_CASE("reading ends when somebody wants an end, and not before") {
    const ScratchFolder folder;
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    wish = 1;
    CHECK(read_file(folder.file("pipe"), model::StopToken(wish)).error() ==
          "cannot read " + folder.file("pipe") + ": interrupted");
    wish = 0;
    const pid_t writer = ::fork();
    if (writer == 0) {
        std::ofstream(folder.file("pipe")) << std::string(300'000, 'x');
        ::_exit(0);
    }
    const auto text = read_file(folder.file("pipe"), model::StopToken(wish));
    ::waitpid(writer, nullptr, 0);
    REQUIRE(text);
    CHECK(*text == std::string(300'000, 'x'));
    CHECK(read_file(folder.path()).error() == "cannot read " + folder.path() + ": Is a directory");
    CHECK(*read_file("/dev/null") == "");
}

}  // namespace
}  // namespace revenant::harness
