// LockFile: keeps two processes off one file, although the file itself is replaced again and again.
//
// The lock is on a file of its own beside the other one, hidden, of a name made of the other's. It ends with
// the process that holds it, however that ends.
#pragma once

#include <string>

#include "model/result.hpp"

namespace revenant::harness {

class LockFile {
public:
    /// Errors: another process has it, or the folder cannot be written; the line says which.
    [[nodiscard]] static model::Result<LockFile> take(const std::string& path);

    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    /// Removes the file beside the other one.
    ~LockFile();

private:
    LockFile(std::string name, int descriptor);

    std::string name_;
    int descriptor_ = -1;
};

}  // namespace revenant::harness
