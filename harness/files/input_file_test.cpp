#include "harness/files/input_file.hpp"

#include <doctest/doctest.h>

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

}  // namespace
}  // namespace revenant::harness
