#include "harness/stress/runner.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace revenant::harness::stress {
namespace {

constexpr int exit_not_empty = 99;     // no sanitizer's: theirs are 1, 66 and signals
constexpr double seconds_to_end = 60;  // beyond its time: a report takes seconds to be symbolised

// The child: runs, reports its totals through the pipe, never returns.
[[noreturn]] void run_child(const Implementation& implementation, const Shape& shape,
                            const TrialOptions& options, int pipe_end) {
    if (options.quiet || options.logged) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDERR_FILENO);
    }
    if (options.logged) ::setenv("REVENANT_LOG", "*", 1);
    std::set_new_handler([] { std::_Exit(exit_no_means); });
    auto target = implementation.make(options.logged);
    const Totals totals = shape.run(*target, options.seconds);
    if (target->size() != 0) std::_Exit(exit_not_empty);
    target.reset();
    [[maybe_unused]] const auto written = ::write(pipe_end, &totals, sizeof totals);
    std::exit(0);  // not _Exit: the leak detector looks at exit
}

Trial judged(int status, bool complete, const Totals& totals) {
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        const bool crash = signal == SIGSEGV || signal == SIGBUS || signal == SIGABRT || signal == SIGFPE ||
                           signal == SIGILL || signal == SIGTRAP;
        return {crash ? End::caught : End::no_trial, fmt::format("signal {}", signal), {}};
    }
    const int code = WEXITSTATUS(status);
    if (code == exit_no_means) return {End::no_trial, "no thread or no memory", {}};
    if (code == exit_not_empty) return {End::not_empty, "entries left at quiescence", {}};
    if (code != 0 || !complete) return {End::caught, fmt::format("exit {}", code), {}};
    return {End::clean, "exit 0", totals};
}

}  // namespace

const char* to_text(End end) {
    switch (end) {
        case End::clean: return "clean";
        case End::caught: return "caught";
        case End::not_empty: return "not empty";
        case End::hung: return "hung";
        case End::no_trial: return "no trial";
    }
    return "?";
}

Trial run_trial(const Implementation& implementation, const Shape& shape, const TrialOptions& options) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {End::no_trial, "cannot make a pipe", {}};
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0) {
        ::close(ends[0]);
        ::close(ends[1]);
        return {End::no_trial, "cannot fork", {}};
    }
    if (child == 0) {
        ::close(ends[0]);
        run_child(implementation, shape, options, ends[1]);
    }
    ::close(ends[1]);
    Totals totals;
    pollfd readable{ends[0], POLLIN, 0};
    const int timeout_ms = static_cast<int>((options.seconds + seconds_to_end) * 1000);
    const bool in_time = ::poll(&readable, 1, timeout_ms) > 0;  // its totals, or its end
    const bool complete = in_time && ::read(ends[0], &totals, sizeof totals) == sizeof totals;
    ::close(ends[0]);
    if (!in_time) ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!in_time) return {End::hung, "killed", {}};
    return judged(status, complete, totals);
}

}  // namespace revenant::harness::stress
