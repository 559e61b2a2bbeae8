#include "harness/files/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <utility>

namespace revenant::harness {
namespace {

namespace fs = std::filesystem;

constexpr mode_t mode_of_a_new_file = 0644;
constexpr int look_ms = 50;                   // between two looks at the wish to stop
constexpr int patience_ms = 1000;             // with a reader that does not read, once somebody wants an end
constexpr time_t surely_locked_seconds = 60;  // a file without its lock and older than this has nobody

constexpr const char* temporary_begin = ".revenant-";
constexpr const char* temporary_end = ".tmp";

model::BadInput cannot_write(const std::string& path) {
    return {fmt::format("cannot write {}: {}", path, std::strerror(errno))};
}

std::string folder_of(const std::string& path) {
    const auto folder = fs::path(path).parent_path();
    return folder.empty() ? "." : folder.string();
}

// A name of one length in the target's folder, whatever the target's: that may be as long as a name can be.
std::string random_name(const std::string& target) {
    std::uint64_t number = 0;
    if (::getrandom(&number, sizeof number, 0) != sizeof number)
        number = static_cast<std::uint64_t>(::getpid());
    return fmt::format("{}/{}{:016x}{}", folder_of(target), temporary_begin, number, temporary_end);
}

// The file that a name leads to, whether it is there or not. Links that lead round end as they are.
std::string behind_links(std::string path) {
    constexpr int links_max = 40;
    std::error_code error;
    for (int i = 0; i < links_max && fs::is_symlink(path, error); ++i) {
        const auto link = fs::read_symlink(path, error);
        if (error) break;
        path = (link.is_absolute() ? link : fs::path(path).parent_path() / link).string();
    }
    return path;
}

// Removes what runs have left that were killed: a living one holds the lock of its file.
void sweep(const std::string& folder) {
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (!name.starts_with(temporary_begin) || !name.ends_with(temporary_end)) continue;
        const int descriptor = ::open(entry->path().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (descriptor < 0) continue;
        struct stat status {};
        const bool old = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                         std::time(nullptr) - status.st_mtime > surely_locked_seconds;
        if (old && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(entry->path().c_str());
        ::close(descriptor);
    }
}

// Waits until the descriptor takes more. False: nobody reads, and somebody wants an end.
bool wait_until_writable(int descriptor, model::StopToken stop) {
    pollfd writable{descriptor, POLLOUT, 0};
    for (int waited_ms = 0; !stop.stop_requested() || waited_ms < patience_ms; waited_ms += look_ms) {
        if (::poll(&writable, 1, look_ms) > 0) return true;
        if (!stop.stop_requested()) waited_ms = 0;
    }
    errno = EINTR;
    return false;
}

bool write_all(int descriptor, std::string_view text, model::StopToken stop) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {
            if (!wait_until_writable(descriptor, stop)) return false;
            continue;
        }
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// A pipe without a reader cannot be opened without waiting: it is tried again, or no signal would be heard.
int open_directly(const std::string& path, model::StopToken stop) {
    while (true) {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        struct stat status {};
        const bool waits = descriptor < 0 && errno == ENXIO && ::stat(path.c_str(), &status) == 0 &&
                           S_ISFIFO(status.st_mode);
        if (descriptor >= 0 || (!waits && errno != EINTR)) return descriptor;
        if (stop.stop_requested()) {
            errno = EINTR;
            return -1;
        }
        ::poll(nullptr, 0, look_ms);
    }
}

int open_nameless(const std::string& target, mode_t mode) {
    const int descriptor = ::open(folder_of(target).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
    // It gets its name by its path in /proc, which a container may not have.
    if (descriptor >= 0 && ::access(fmt::format("/proc/self/fd/{}", descriptor).c_str(), F_OK) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

int open_named(const std::string& target, mode_t mode, std::string& name) {
    constexpr int tries_max = 100;
    for (int i = 0; i < tries_max; ++i) {
        name = random_name(target);
        const int descriptor =
            ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (descriptor >= 0) static_cast<void>(::flock(descriptor, LOCK_EX | LOCK_NB));
        if (descriptor >= 0 || errno != EEXIST) return descriptor;
    }
    return -1;
}

// What is replaced keeps its mode, and its owner where we may give it away.
void take_after(int descriptor, const struct stat& status) {
    if (::fchown(descriptor, status.st_uid, status.st_gid) != 0) errno = 0;
    if (::fchmod(descriptor, status.st_mode & 0777) != 0) errno = 0;
}

}  // namespace

OutputFile::OutputFile(std::string given, std::string target, int descriptor, model::StopToken stop)
    : given_(std::move(given)), target_(std::move(target)), descriptor_(descriptor), stop_(stop) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : given_(std::move(other.given_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, "")),
      directly_(other.directly_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      stop_(other.stop_) {}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

model::Result<OutputFile> OutputFile::open(const std::string& path, model::StopToken stop,
                                           Temporary temporary) {
    if (path.empty()) errno = ENOENT;
    if (path.empty()) return cannot_write(path);
    const auto target = behind_links(path);
    struct stat status {};
    const bool exists = ::stat(target.c_str(), &status) == 0;
    if (!exists && errno != ENOENT) return cannot_write(path);
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return cannot_write(path);
    }
    if (exists && ::access(target.c_str(), W_OK) != 0) return cannot_write(path);
    if (exists && !S_ISREG(status.st_mode)) {
        const int descriptor = open_directly(target, stop);
        if (descriptor < 0) return cannot_write(path);
        OutputFile file(path, target, descriptor, stop);
        file.directly_ = true;
        return file;
    }
    sweep(folder_of(target));
    // Nobody may read in the meantime what will not be his to read.
    const mode_t mode = exists ? status.st_mode & 0600 : mode_of_a_new_file;
    std::string name;
    int descriptor = temporary == Temporary::named ? -1 : open_nameless(target, mode);
    if (descriptor < 0) descriptor = open_named(target, mode, name);
    if (descriptor < 0) return cannot_write(path);
    if (exists) take_after(descriptor, status);
    OutputFile file(path, target, descriptor, stop);
    file.temporary_ = std::move(name);
    return file;
}

bool OutputFile::take_name() {
    if (temporary_.empty()) {
        const auto nameless = fmt::format("/proc/self/fd/{}", descriptor_);
        const auto link = [&](const std::string& name) {
            return ::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
        };
        if (link(target_)) return true;
        if (errno != EEXIST) return false;
        auto name = random_name(target_);  // only a rename replaces what is there
        if (!link(name)) return false;
        temporary_ = std::move(name);
    }
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0) return false;
    temporary_.clear();
    return true;
}

std::optional<std::string> OutputFile::commit(std::string_view text) {
    // Some file systems tell of a full disk when a file is closed, and not before.
    const auto arrived = [&] { return ::close(::dup(descriptor_)) == 0; };
    const bool done = write_all(descriptor_, text, stop_) && arrived() && (directly_ || take_name());
    if (!done) return cannot_write(given_).line;
    ::close(std::exchange(descriptor_, -1));
    return std::nullopt;
}

}  // namespace revenant::harness
