#include "harness/files/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace revenant::harness {
namespace {

std::string cannot_write(const std::string& path) {
    return fmt::format("cannot write {}: {}", path, std::strerror(errno));
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, "")),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

model::Result<OutputFile> OutputFile::open(const std::string& path) {
    if (path.empty()) {
        errno = ENOENT;
        return model::BadInput{cannot_write(path)};
    }
    struct stat status {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return model::BadInput{cannot_write(path)};
    }
    if (exists && ::access(path.c_str(), W_OK) != 0) return model::BadInput{cannot_write(path)};
    const bool directly = exists && !S_ISREG(status.st_mode);
    // The file behind a symbolic link is what is to be replaced, and not the link.
    std::error_code ignored;
    const auto target = exists ? std::filesystem::canonical(path, ignored).string() : path;
    auto temporary = directly ? std::string() : fmt::format("{}.{}.tmp", target, ::getpid());
    const auto& name = directly ? path : temporary;
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) return model::BadInput{cannot_write(path)};
    return OutputFile(target, std::move(temporary), descriptor);
}

std::optional<std::string> OutputFile::commit(std::string_view text) {
    if (!write_all(descriptor_, text)) return cannot_write(path_);
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0) return cannot_write(path_);
    if (temporary_.empty()) return std::nullopt;
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return cannot_write(path_);
    temporary_.clear();
    return std::nullopt;
}

}  // namespace revenant::harness
