// test_child: runs a piece of a test in a child process and tells how it ended, for checks that
// abort and for settings that are read once a process. Tests only; not installed.
//
// Lifetime: the child leaves by `_exit`, so that no leak check and no exit handler runs in it.
// Errors: a system call that fails is thrown as std::system_error and fails the test.
// One use:  const auto end = test_child::run([] { std::abort(); }); CHECK(end.aborted);
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>
#include <system_error>

namespace revenant {

struct test_child {
    bool aborted = false;     ///< ended by SIGABRT
    bool returned = false;    ///< the body ran to its end
    std::string stderr_text;  ///< all that it wrote there

    template <class Body>
    [[nodiscard]] static test_child run(Body body) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) fail("pipe");
        std::fflush(nullptr);  // or the child inherits what is buffered
        const ::pid_t child = ::fork();
        if (child < 0) fail("fork");
        if (child == 0) {
            ::dup2(ends[1], STDERR_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            std::signal(SIGABRT, SIG_DFL);  // the test framework's handler would report a crash
            const ::rlimit no_core{0, 0};
            ::setrlimit(RLIMIT_CORE, &no_core);
            body();
            ::_exit(0);
        }
        ::close(ends[1]);
        test_child end;
        end.stderr_text = drain(ends[0]);
        ::close(ends[0]);
        int status = 0;
        if (::waitpid(child, &status, 0) != child) fail("waitpid");
        end.aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
        end.returned = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        return end;
    }

private:
    static std::string drain(int from) {
        std::string text;
        std::array<char, 4096> chunk{};
        while (true) {
            const ::ssize_t size = ::read(from, chunk.data(), chunk.size());
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) fail("read");
            if (size == 0) return text;
            text.append(chunk.data(), static_cast<std::size_t>(size));
        }
    }
    [[noreturn]] static void fail(const char* call) {
        throw std::system_error(errno, std::generic_category(), call);
    }
};

}  // namespace revenant
