// MemoryFile: a text that a child process can open as a file.
#pragma once

#include <string>

namespace revenant::harness {

/// A file in memory, which a child finds by its path while this lives: nothing to clean up, whatever happens.
class MemoryFile {
public:
    /// Throws std::runtime_error where the system has no memory left for it.
    explicit MemoryFile(const std::string& text);
    ~MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    [[nodiscard]] std::string path() const;
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

}  // namespace revenant::harness
