#include "harness/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <stdexcept>

namespace revenant::harness {
namespace {

constexpr auto deadline = std::chrono::minutes(2);

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    return ends;
}

// In the child, between fork and exec.
[[noreturn]] void become(const char* program, char* const* arguments, const char* folder, int out, int err) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (::chdir(folder) == 0) ::execv(program, arguments);
    ::_exit(127);
}

// Takes what is there. False: the writer has closed its end.
bool take(int descriptor, std::string& to) {
    std::array<char, 4096> buffer{};
    const auto got = ::read(descriptor, buffer.data(), buffer.size());
    if (got > 0) to.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
                           const std::string& folder) {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::unsetenv("NO_COLOR");
    const auto out = make_pipe();
    const auto err = make_pipe();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot fork");
    if (pid_ == 0) become(program.c_str(), words.data(), folder.c_str(), out[1], err[1]);
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
}

ChildProcess::~ChildProcess() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
}

void ChildProcess::send(int signal) const { ::kill(pid_, signal); }

double ChildProcess::cpu_seconds() const {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
    return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

Finished ChildProcess::finish() {
    Finished finished;
    const auto end = std::chrono::steady_clock::now() + deadline;
    std::array<pollfd, 2> ends{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    while ((ends[0].fd >= 0 || ends[1].fd >= 0) && std::chrono::steady_clock::now() < end) {
        if (::poll(ends.data(), ends.size(), 1000) <= 0) continue;
        if (ends[0].revents != 0 && !take(out_, finished.out)) ends[0].fd = -1;
        if (ends[1].revents != 0 && !take(err_, finished.err)) ends[1].fd = -1;
    }
    if (ends[0].fd >= 0 || ends[1].fd >= 0) send(SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    if (WIFEXITED(status)) finished.status = WEXITSTATUS(status);
    return finished;
}

}  // namespace revenant::harness
