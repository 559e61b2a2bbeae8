#include "harness/process/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace revenant::harness {
namespace {

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    return ends;
}

constexpr rlim_t stack_wanted = 8 << 20;    // what most systems give
constexpr rlim_t stack_needed = 512 << 10;  // with less, a sanitizer dies of itself

// Threads have stacks of the size that the limit of the process says.
void raise_stack_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= stack_wanted) return;
    limit.rlim_cur = std::min(limit.rlim_max, stack_wanted);
    ::setrlimit(RLIMIT_STACK, &limit);
}

// In the child: what this process does on a signal is not for it, and would be lost with it. Whoever was sent
// one meanwhile gets it now.
void take_signals_as_usual(const sigset_t& mask) {
    for (int number = 1; number < NSIG; ++number) {
        struct sigaction action {};
        if (::sigaction(number, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        action = {};
        action.sa_handler = SIG_DFL;
        ::sigaction(number, &action, nullptr);
    }
    ::sigprocmask(SIG_SETMASK, &mask, nullptr);
}

// In the child, between fork and exec.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* environment,
                         const ChildOptions& options, int out, int err) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody is left behind, not even one that waits for a debugger
    raise_stack_limit();
    if (options.fixed_addresses) ::personality(ADDR_NO_RANDOMIZE);
    if (::chdir(options.folder.c_str()) == 0) ::execve(program, arguments, environment);
    ::_exit(127);
}

// Takes what is there and returns it; empty: the writer has closed its end.
std::string_view take(int descriptor, std::string& to) {
    static std::array<char, 65536> buffer;
    const auto got = ::read(descriptor, buffer.data(), buffer.size());
    const std::string_view text(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    to.append(text);
    return text;
}

std::vector<std::string> environment_of(const ChildOptions& options) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::string name(text.substr(0, text.find('=')));
        bool kept = std::find(options.without.begin(), options.without.end(), name) == options.without.end();
        for (const auto& [set, value] : options.environment) kept &= set != name;
        if (kept) all.emplace_back(text);
    }
    for (const auto& [name, value] : options.environment) all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

std::optional<std::string> small_stack() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_max >= stack_needed) return std::nullopt;
    return "a stack may have " + std::to_string(limit.rlim_max >> 10) +
           " KiB here (`ulimit -H -s`), and needs " + std::to_string(stack_needed >> 10);
}

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
                           const ChildOptions& options)
    : err_kept_(options.err_kept) {
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    auto environment = environment_of(options);
    const auto word_pointers = pointers(words);
    const auto environment_pointers = pointers(environment);
    const auto out = make_pipe();
    const auto err = make_pipe();
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    pid_ = ::fork();
    if (pid_ == 0) {
        take_signals_as_usual(before);
        become(program.c_str(), word_pointers.data(), environment_pointers.data(), options, out[1], err[1]);
    }
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    ::close(out[1]);
    ::close(err[1]);
    if (pid_ < 0) throw std::runtime_error("cannot fork");
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

Finished ChildProcess::finish(double deadline_seconds, model::StopToken stop,
                              const std::function<void(std::string_view)>& on_out) {
    Finished finished;
    double waited = 0;
    auto last = std::chrono::steady_clock::now();
    std::array<pollfd, 2> ends{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        // A round takes a tenth of a second. One that took longer was a suspended or a busy machine's: the
        // child has had no more of it.
        const auto now = std::chrono::steady_clock::now();
        waited += std::min(0.2, std::chrono::duration<double>(now - last).count());
        last = now;
        finished.late = waited >= deadline_seconds;
        finished.stopped = stop.stop_requested();
        if (finished.late || finished.stopped) {
            send(SIGKILL);
            break;
        }
        if (::poll(ends.data(), ends.size(), 100) <= 0) continue;
        if (ends[0].revents != 0) {
            const auto text = take(out_, finished.out);
            if (text.empty()) ends[0].fd = -1;
            if (on_out && !text.empty()) on_out(text);
        }
        if (ends[1].revents != 0 && take(err_, finished.err).empty()) ends[1].fd = -1;
        if (finished.err.size() / 2 > err_kept_) finished.err.erase(0, finished.err.size() - err_kept_);
    }
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (WIFEXITED(status)) finished.status = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
    return finished;
}

}  // namespace revenant::harness
