// Diverted: where the program's own output goes while it is explored.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace revenant::model::native {

/// While it lives, what the program prints goes elsewhere: in each of its executions it is nobody's to read.
class Diverted {
public:
    explicit Diverted(int to) : before_(::dup(STDOUT_FILENO)) {
        std::fflush(stdout);
        ::dup2(to, STDOUT_FILENO);
        ::close(to);
    }
    ~Diverted() {
        std::fflush(stdout);
        ::dup2(before_, STDOUT_FILENO);
        ::close(before_);
    }
    Diverted(const Diverted&) = delete;
    Diverted& operator=(const Diverted&) = delete;

    /// What was printed since, where it goes to a file.
    [[nodiscard]] static std::string text() {
        std::fflush(stdout);
        std::string all;
        char part[4096];
        for (ssize_t count = 0;
             (count = ::pread(STDOUT_FILENO, part, sizeof part, static_cast<off_t>(all.size()))) > 0;) {
            all.append(part, static_cast<std::size_t>(count));
        }
        return all;
    }

private:
    int before_;
};

[[nodiscard]] inline int nowhere() { return ::open("/dev/null", O_WRONLY | O_CLOEXEC); }
[[nodiscard]] inline int file_in_memory() { return ::memfd_create("revenant-output", MFD_CLOEXEC); }

}  // namespace revenant::model::native
