#include "harness/files/lock_file.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

TEST_CASE("a lock is one process's, goes with it, and leaves nothing") {
    const ScratchFolder folder;
    const auto path = folder.file(std::string(255, 'x'));
    {
        const auto lock = LockFile::take(path);
        REQUIRE(lock);
        CHECK(LockFile::take(path).error() == path + " is in use: another search is saved to it");
        CHECK(LockFile::take(folder.file("other")));
    }
    CHECK(folder.names().empty());
    const pid_t child = ::fork();
    if (child == 0) {
        const auto lock = LockFile::take(path);
        ::kill(::getpid(), SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    CHECK(LockFile::take(path));
    CHECK(folder.names().empty());
}

}  // namespace
}  // namespace revenant::harness
