// Diverted: where the program's own output goes while it is explored.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "model/native/layout.hpp"

namespace revenant::model::native {

/// While it lives, what the program prints goes elsewhere: in each of its executions it is nobody's to read.
/// What this library has to say meanwhile goes to `own_stderr`.
class Diverted {
public:
    Diverted(int stream, int to) : stream_(stream), before_(::dup(stream)) {
        std::fflush(file_of(stream));
        ::dup2(to, stream);
        ::close(to);
        if (stream == STDERR_FILENO && own_stderr == STDERR_FILENO) own_stderr = before_;
    }
    ~Diverted() {
        std::fflush(file_of(stream_));
        ::dup2(before_, stream_);
        if (own_stderr == before_) own_stderr = STDERR_FILENO;
        ::close(before_);
    }
    Diverted(const Diverted&) = delete;
    Diverted& operator=(const Diverted&) = delete;

    /// What was printed on the stream since, where it goes to a file.
    [[nodiscard]] static std::string text(int stream = STDOUT_FILENO) {
        std::fflush(file_of(stream));
        std::string all;
        char part[4096];
        for (ssize_t count = 0;
             (count = ::pread(stream, part, sizeof part, static_cast<off_t>(all.size()))) > 0;) {
            all.append(part, static_cast<std::size_t>(count));
        }
        return all;
    }

private:
    static FILE* file_of(int stream) { return stream == STDERR_FILENO ? stderr : stdout; }

    int stream_;
    int before_;
};

[[nodiscard]] inline int nowhere() { return ::open("/dev/null", O_WRONLY | O_CLOEXEC); }
[[nodiscard]] inline int file_in_memory() { return ::memfd_create("revenant-output", MFD_CLOEXEC); }

/// Both streams, to nowhere.
struct Silence {
    Diverted out{STDOUT_FILENO, nowhere()};
    Diverted errors{STDERR_FILENO, nowhere()};
};

/// While it lives, stderr is this library's again: for somebody who shows how far a search is.
class OwnStderr {
public:
    OwnStderr() : diverted_(::dup(STDERR_FILENO)) { ::dup2(own_stderr, STDERR_FILENO); }
    ~OwnStderr() {
        ::dup2(diverted_, STDERR_FILENO);
        ::close(diverted_);
    }
    OwnStderr(const OwnStderr&) = delete;
    OwnStderr& operator=(const OwnStderr&) = delete;

private:
    int diverted_;
};

/// The last line of a text that is not empty, fit to be shown; or nothing.
[[nodiscard]] inline std::string last_line(const std::string& text) {
    constexpr std::size_t shown_max = 200;
    const auto end = text.find_last_not_of(" \t\r\n");
    if (end == text.npos) return {};
    const auto begin = text.find_last_of("\r\n", end) + 1;  // npos + 1 is 0
    auto line = text.substr(begin, end + 1 - begin);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
    }
    return line.size() > shown_max ? line.substr(0, shown_max) + "…" : line;
}

}  // namespace revenant::model::native
