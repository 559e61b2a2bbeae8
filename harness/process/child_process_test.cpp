#include "harness/process/child_process.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "harness/process/test_folder.hpp"

namespace revenant::harness {
namespace {

Finished shell(const std::string& script, const ChildOptions& options = {}) {
    return ChildProcess("/bin/sh", {"-c", script}, options).finish();
}

TEST_CASE("what a program prints on its two outputs is kept apart, and its exit status beside") {
    const auto finished = shell("echo out; echo err >&2; exit 7");
    CHECK(finished.out == "out\n");
    CHECK(finished.err == "err\n");
    CHECK(finished.status == 7);
    CHECK(finished.signal == 0);
    CHECK_FALSE(finished.late);
    CHECK_FALSE(finished.stopped);
}

TEST_CASE("more than a pipe holds comes through whole, on both outputs at once") {
    const auto finished = shell("head -c 300000 /dev/zero & head -c 200000 /dev/zero >&2; wait");
    CHECK(finished.out == std::string(300'000, '\0'));
    CHECK(finished.err == std::string(200'000, '\0'));
}

TEST_CASE("arguments arrive as they are, however odd") {
    const std::vector<std::string> words = {"",      " ",     "a b",        "*",
                                            "$HOME", "'\"\\", "two\nlines", std::string(5000, 'x')};
    std::vector<std::string> arguments = {"-c", "for word in \"$@\"; do printf '[%s]' \"$word\"; done", "sh"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    std::string expected;
    for (const auto& word : words) expected += "[" + word + "]";
    CHECK(ChildProcess("/bin/sh", arguments, {}).finish().out == expected);
}

TEST_CASE("a program that cannot be started ends with status 127") {
    CHECK(ChildProcess("/no/such/program/anywhere", {}, {}).finish().status == 127);
    CHECK(ChildProcess("/bin/sh", {"-c", "exit 0"}, {.folder = "/no/such/folder"}).finish().status == 127);
}

TEST_CASE("a signal that ends a program is told instead of a status") {
    const auto finished = shell("kill -SEGV $$");
    CHECK(finished.status == -1);
    CHECK(finished.signal == SIGSEGV);
}

TEST_CASE("its stdin is empty") { CHECK(shell("cat; echo over").out == "over\n"); }

TEST_CASE("it starts in the folder, with the environment, that it was given") {
    const ScratchFolder folder;
    ::setenv("REVENANT_TEST_OURS", "ours", 1);
    ::setenv("REVENANT_TEST_CHANGED", "old", 1);
    ::setenv("REVENANT_TEST_LEFT_OUT", "there", 1);
    const auto finished = shell(
        "pwd -P; echo "
        "$REVENANT_TEST_OURS,$REVENANT_TEST_CHANGED,$REVENANT_TEST_NEW,${REVENANT_TEST_LEFT_OUT-gone}",
        {.folder = folder.path(),
         .environment = {{"REVENANT_TEST_CHANGED", "changed"}, {"REVENANT_TEST_NEW", "a=b c"}},
         .without = {"REVENANT_TEST_LEFT_OUT"}});
    const auto real = std::filesystem::canonical(folder.path()).string();
    CHECK(finished.out == real + "\nours,changed,a=b c,gone\n");
}

TEST_CASE("of a long stderr the end is kept") {
    const auto finished = shell("head -c 1000000 /dev/zero >&2; printf 'the end' >&2", {.err_kept = 1000});
    CHECK(finished.err.size() <= 2000 + 65536);
    CHECK(finished.err.ends_with("the end"));
}

TEST_CASE("a program that does not end by its deadline is killed") {
    ChildProcess child("/bin/sh", {"-c", "echo begun; exec cat /dev/zero >/dev/null"}, {});
    const auto finished = child.finish(0.3);
    CHECK(finished.late);
    CHECK(finished.out == "begun\n");
    CHECK(finished.signal == SIGKILL);
}

TEST_CASE("a program is killed once a stop is requested, and its output until then is seen while it comes") {
    volatile std::sig_atomic_t stop = 0;
    std::string seen;
    ChildProcess child("/bin/sh", {"-c", "echo begun; exec cat /dev/zero >/dev/null"}, {});
    const auto finished = child.finish(60, model::StopToken(stop), [&](std::string_view text) {
        seen += text;
        stop = 1;
    });
    CHECK(finished.stopped);
    CHECK_FALSE(finished.late);
    CHECK(seen == "begun\n");
}

TEST_CASE("a program that nobody waits for ends with its owner, and is not left as a zombie") {
    { const ChildProcess child("/bin/sh", {"-c", "exec cat /dev/zero >/dev/null"}, {}); }
    CHECK(::waitpid(-1, nullptr, WNOHANG) < 0);
    CHECK(errno == ECHILD);
}

TEST_CASE("how long a program has computed grows while it does") {
    ChildProcess child("/bin/sh", {"-c", "exec cat /dev/zero >/dev/null"}, {});
    while (child.cpu_seconds() < 0.02) ::usleep(1000);
    child.send(SIGTERM);
    CHECK(child.finish().signal == SIGTERM);
}

// This process's own handler, which the child has until it is the program, is none of the child's.
TEST_CASE("no signal is lost that comes to a child before it is its program") {
    struct sigaction ignoring {};
    struct sigaction before {};
    ignoring.sa_handler = [](int) {};
    ::sigaction(SIGTERM, &ignoring, &before);
    int ended = 0;
    for (int i = 0; i < 10; ++i) {
        ChildProcess child("/bin/sleep", {"60"}, {});
        child.send(SIGTERM);
        ended += child.finish(2).signal == SIGTERM ? 1 : 0;
    }
    ::sigaction(SIGTERM, &before, nullptr);
    CHECK(ended == 10);
}

TEST_CASE("a child has the stack that threads under a sanitizer need, if the limits allow it") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_STACK, &before) == 0);
    auto limit = before;
    limit.rlim_cur = 64 << 10;
    REQUIRE(::setrlimit(RLIMIT_STACK, &limit) == 0);
    CHECK(small_stack() == std::nullopt);  // the soft limit is ours to raise
    const auto ended = shell("ulimit -s");
    REQUIRE(::setrlimit(RLIMIT_STACK, &before) == 0);
    CHECK(ended.status == 0);
    CHECK(ended.out != "64\n");
}

}  // namespace
}  // namespace revenant::harness
