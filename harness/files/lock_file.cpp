#include "harness/files/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "model/checksum.hpp"

namespace revenant::harness {
namespace {

// Of one length whatever the other's name: that may be as long as a name can be.
std::string name_beside(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    auto target = fs::weakly_canonical(fs::absolute(path, error), error);
    if (error) target = path;
    return (target.parent_path() / (".revenant-" + model::checksum(target.filename().string()) + ".lock"))
        .string();
}

// Its last owner may have removed it between our opening and our locking.
bool is_still_there(const std::string& name, int descriptor) {
    struct stat by_name {};
    struct stat open {};
    return ::stat(name.c_str(), &by_name) == 0 && ::fstat(descriptor, &open) == 0 &&
           by_name.st_ino == open.st_ino && by_name.st_dev == open.st_dev;
}

}  // namespace

LockFile::LockFile(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}
LockFile::LockFile(LockFile&& other) noexcept
    : name_(std::move(other.name_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
LockFile& LockFile::operator=(LockFile&& other) noexcept {
    std::swap(name_, other.name_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}
LockFile::~LockFile() {
    if (descriptor_ < 0) return;
    ::unlink(name_.c_str());
    ::close(descriptor_);
}

model::Result<LockFile> LockFile::take(const std::string& path) {
    const auto name = name_beside(path);
    while (true) {
        const int descriptor = ::open(name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (descriptor < 0) {
            return model::BadInput{fmt::format("cannot write {}: {}", path, std::strerror(errno))};
        }
        LockFile lock(name, descriptor);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
            if (is_still_there(name, descriptor)) return lock;
        } else if (errno == EWOULDBLOCK) {
            ::close(std::exchange(lock.descriptor_, -1));
            return model::BadInput{fmt::format("{} is in use: another search is saved to it", path)};
        } else {
            return lock;  // a file system without locks: better a search than none
        }
        ::close(std::exchange(lock.descriptor_, -1));  // and not its name, which is somebody else's now
    }
}

}  // namespace revenant::harness
