#include "harness/files/input_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace revenant::harness {
namespace {

// Waits asleep until there is something, and looks up now and then: a signal may come just before the wait.
bool wait_for_more(int descriptor, model::StopToken stop) {
    constexpr int look_ms = 50;
    pollfd readable{descriptor, POLLIN, 0};
    while (!stop.stop_requested()) {
        if (::poll(&readable, 1, look_ms) > 0) return true;
    }
    errno = EINTR;
    return false;
}

model::Result<std::string> read_all(int descriptor, const std::string& name, model::StopToken stop) {
    constexpr std::size_t size_max = std::size_t{1} << 30;
    const auto cannot_read = [&](const char* why) {
        return model::BadInput{"cannot read " + name + ": " + why};
    };
    std::string text;
    std::array<char, 1 << 16> bytes;
    while (true) {
        if (!wait_for_more(descriptor, stop)) return cannot_read("interrupted");
        const auto size = ::read(descriptor, bytes.data(), bytes.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (size < 0) return cannot_read(std::strerror(errno));  // a folder opens, and cannot be read
        if (size == 0) return text;
        if (text.size() + static_cast<std::size_t>(size) > size_max) return cannot_read("over a gigabyte");
        text.append(bytes.data(), static_cast<std::size_t>(size));
    }
}

}  // namespace

model::Result<std::string> read_file(const std::string& path, model::StopToken stop) {
    // A pipe that nobody writes opens at once in this way, and is waited for where a signal is heard.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) return model::BadInput{"cannot read " + path + ": " + std::strerror(errno)};
    auto text = read_all(descriptor, path, stop);
    ::close(descriptor);
    return text;
}

model::Result<std::string> read_stdin(model::StopToken stop) { return read_all(STDIN_FILENO, "stdin", stop); }

}  // namespace revenant::harness
