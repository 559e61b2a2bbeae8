#include "harness/files/output_file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

using Names = std::vector<std::string>;
using Temporary = OutputFile::Temporary;
constexpr Temporary both_ways[] = {Temporary::nameless_where_possible, Temporary::named};

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
    for (const auto way : both_ways) {
        const ScratchFolder folder;
        folder.write("out.json", "old");
        {
            const auto file = OutputFile::open(folder.file("out.json"), {}, way);
            REQUIRE(file);
            CHECK(folder.names().size() ==
                  (way != Temporary::named && folder.holds_nameless_files() ? 1 : 2));
            CHECK(folder.text("out.json") == "old");
        }
        CHECK(folder.names() == Names{"out.json"});
        CHECK(folder.text("out.json") == "old");
    }
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

TEST_CASE("the temporary file has no name, or lies beside its target, where a rename is atomic") {
    const ScratchFolder folder;
    if (folder.holds_nameless_files()) {
        const auto nameless = OutputFile::open(folder.file("out.json"));
        REQUIRE(nameless);
        CHECK(folder.names().empty());
    }
    const auto file = OutputFile::open(folder.file("out.json"), {}, Temporary::named);
    REQUIRE(file);
    REQUIRE(folder.names().size() == 1);
    CHECK(folder.names().front().starts_with(".revenant-"));
    CHECK(folder.names().front().ends_with(".tmp"));
}

TEST_CASE("a process that is killed leaves nothing, and what others have left is removed") {
    const ScratchFolder folder;
    const auto die = [&](Temporary way) {
        const pid_t child = ::fork();
        if (child == 0) {
            auto file = OutputFile::open(folder.file("out.json"), {}, way);
            ::kill(::getpid(), SIGKILL);
        }
        REQUIRE(child > 0);
        REQUIRE(::waitpid(child, nullptr, 0) == child);
    };
    if (folder.holds_nameless_files()) die(Temporary::nameless_where_possible);
    CHECK(folder.names().empty());
    die(Temporary::named);
    REQUIRE(folder.names().size() == 1);
    const auto left = folder.file(folder.names().front());
    static_cast<void>(OutputFile::open(folder.file("out.json")));
    CHECK(folder.names().size() == 1);  // it may be somebody's who has not locked it yet
    const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    std::filesystem::last_write_time(left, long_ago);
    const auto mine = OutputFile::open(folder.file("other.json"), {}, Temporary::named);
    const auto of_a_living_one = folder.file(folder.names().front());
    std::filesystem::last_write_time(of_a_living_one, long_ago);
    static_cast<void>(OutputFile::open(folder.file("out.json")));
    CHECK(folder.names() == Names{std::filesystem::path(of_a_living_one).filename().string()});
}

TEST_CASE("nobody's link is followed by the temporary file, and no name of it can be planted") {
    const ScratchFolder folder;
    folder.write("victim", "mine");
    // What the name was made of once.
    REQUIRE(::symlink("victim", folder.file(fmt::format("out.json.{}.tmp", ::getpid())).c_str()) == 0);
    for (const auto way : both_ways) {
        auto file = OutputFile::open(folder.file("out.json"), {}, way);
        REQUIRE(file);
        CHECK(file->commit("text") == std::nullopt);
        CHECK(folder.text("victim") == "mine");
        CHECK(folder.text("out.json") == "text");
    }
}

TEST_CASE("a file of the longest name is written") {
    for (const std::size_t length : {244u, 250u, 255u}) {
        for (const auto way : both_ways) {
            const ScratchFolder folder;
            const std::string name(length, 'x');
            for (const auto* const text : {"first", "second"}) {
                auto file = OutputFile::open(folder.file(name), {}, way);
                REQUIRE_MESSAGE(file, file.error());
                CHECK(file->commit(text) == std::nullopt);
                CHECK(folder.text(name) == text);
            }
            CHECK(folder.names() == Names{name});
        }
    }
}

TEST_CASE("what is replaced keeps its mode, and is not readable for others in between") {
    for (const auto way : both_ways) {
        const ScratchFolder folder;
        for (const mode_t mode : {0600u, 0640u, 0666u}) {
            folder.write("out.json", "old");
            REQUIRE(::chmod(folder.file("out.json").c_str(), mode) == 0);
            auto file = OutputFile::open(folder.file("out.json"), {}, way);
            REQUIRE(file);
            CHECK(file->commit("new") == std::nullopt);
            struct stat status {};
            REQUIRE(::stat(folder.file("out.json").c_str(), &status) == 0);
            CHECK((status.st_mode & 0777) == mode);
        }
    }
}

TEST_CASE("a link to a file that is not there yet is followed, a chain of them too, and a circle refused") {
    for (const auto way : both_ways) {
        const ScratchFolder folder;
        std::filesystem::create_directory(folder.file("sub"));
        REQUIRE(::symlink("sub/second", folder.file("first").c_str()) == 0);
        REQUIRE(::symlink("real.json", folder.file("sub/second").c_str()) == 0);
        auto file = OutputFile::open(folder.file("first"), {}, way);
        REQUIRE_MESSAGE(file, file.error());
        CHECK(file->commit("text") == std::nullopt);
        CHECK(folder.text("sub/real.json") == "text");
        CHECK(std::filesystem::is_symlink(folder.file("first")));
        CHECK(std::filesystem::is_symlink(folder.file("sub/second")));
        REQUIRE(::symlink("circle", folder.file("circle").c_str()) == 0);
        const auto round = OutputFile::open(folder.file("circle"), {}, way);
        REQUIRE_FALSE(round);
        CHECK(round.error().ends_with("Too many levels of symbolic links"));
    }
}

volatile std::sig_atomic_t wish = 0;

TEST_CASE("a pipe that nobody reads is waited for until somebody wants an end") {
    const ScratchFolder folder;
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    wish = 1;
    const auto file = OutputFile::open(folder.file("pipe"), model::StopToken(wish));
    wish = 0;
    REQUIRE_FALSE(file);
    CHECK(file.error() == "cannot write " + folder.file("pipe") + ": Interrupted system call");
}

TEST_CASE(
    "what a pipe takes piece by piece arrives whole, and one that is not read any more is left in time") {
    const ScratchFolder folder;
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    const int reader = ::open(folder.file("pipe").c_str(), O_RDONLY | O_NONBLOCK);
    auto file = OutputFile::open(folder.file("pipe"), model::StopToken(wish));
    REQUIRE(file);
    wish = 1;
    CHECK(file->commit("short") == std::nullopt);  // a report is written although somebody wants an end
    auto other = OutputFile::open(folder.file("pipe"), model::StopToken(wish));
    REQUIRE(other);
    CHECK(other->commit(std::string(1 << 20, 'x')) ==
          "cannot write " + folder.file("pipe") + ": Interrupted system call");
    wish = 0;
    ::close(reader);
}

TEST_CASE("a moved file still vanishes once") {
    const ScratchFolder folder;
    {
        auto opened = OutputFile::open(folder.file("out.json"), {}, Temporary::named);
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
