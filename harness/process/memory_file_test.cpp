#include "harness/process/memory_file.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "harness/process/child_process.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("a text in memory can be read under its path, here and in a child, as often as one likes") {
    for (const auto& text : {std::string(), std::string("a line\n"), std::string(100'000, 'x') + '\0'}) {
        const MemoryFile file(text);
        for (int i = 0; i < 2; ++i) {
            std::ifstream in(file.path(), std::ios::binary);
            CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == text);
            CHECK(ChildProcess("/bin/cat", {file.path()}, {}).finish().out == text);
        }
    }
}

TEST_CASE("two files in memory are apart, and gone with their owners") {
    std::string path;
    {
        const MemoryFile one("one");
        const MemoryFile two("two");
        path = two.path();
        CHECK(one.path() != path);
        CHECK(std::filesystem::exists(path));
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace revenant::harness
