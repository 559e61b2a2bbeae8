#include "harness/commands/complain.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace revenant::harness {

ExitStatus complain(ExitStatus status, std::string line) {
    // What is quoted from the command line may hold line breaks and escape codes.
    std::ranges::replace_if(
        line, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, '?');
    std::fprintf(stderr, "revenant: %s\n", line.c_str());
    return status;
}

std::optional<std::string> flush_stdout() {
    errno = 0;
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return std::nullopt;
    return std::string("cannot write to stdout: ") + std::strerror(errno != 0 ? errno : EIO);
}

}  // namespace revenant::harness
