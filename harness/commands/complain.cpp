#include "harness/commands/complain.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "reports/printable.hpp"

namespace revenant::harness {
namespace {

int print_errno = 0;  ///< why the first text that did not arrive did not

void note_errno() {
    if (print_errno == 0) print_errno = errno != 0 ? errno : EIO;
}

}  // namespace

ExitStatus complain(ExitStatus status, const std::string& line, const char* program) {
    // What is quoted from the command line or a file may hold line breaks and escape codes.
    std::fprintf(stderr, "%s: %s\n", program, reports::printable(line).c_str());
    return status;
}

void print(std::string_view text) {
    if (std::fflush(stdout) != 0) note_errno();
    while (!text.empty() && print_errno == 0) {
        const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {  // somebody else's terminal or pipe has been told not to wait
            pollfd writable{STDOUT_FILENO, POLLOUT, 0};
            static_cast<void>(::poll(&writable, 1, -1));
            continue;
        }
        if (written <= 0) note_errno();
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::optional<std::string> flush_stdout() {
    if (std::fflush(stdout) != 0) note_errno();
    if (print_errno == 0) return std::nullopt;
    return std::string("cannot write to stdout: ") + std::strerror(print_errno);
}

}  // namespace revenant::harness
