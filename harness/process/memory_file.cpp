#include "harness/process/memory_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>

namespace revenant::harness {

// Without close-on-exec: it is for a child.
MemoryFile::MemoryFile(const std::string& text) : descriptor_(::memfd_create("revenant", 0)) {
    const auto size = static_cast<ssize_t>(text.size());
    if (descriptor_ < 0 || ::pwrite(descriptor_, text.data(), text.size(), 0) != size) {
        throw std::runtime_error("cannot make a file in memory");
    }
}
MemoryFile::~MemoryFile() { ::close(descriptor_); }
std::string MemoryFile::path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

}  // namespace revenant::harness
