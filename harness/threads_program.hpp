// The programs that have real threads, one for each sanitizer, as the command finds and runs them.
#pragma once

#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "harness/child_process.hpp"
#include "model/result.hpp"

namespace revenant::harness {

enum class Sanitizer : std::uint8_t { none, address, thread };
/// `no sanitizer`, `ASan`, `TSan`.
[[nodiscard]] const char* to_text(Sanitizer sanitizer);

/// The program's path: it lies beside the command. Errors: it does not; the line says what to build.
[[nodiscard]] model::Result<std::string> threads_program(Sanitizer sanitizer);

/// What a program's end says of the code that it ran.
struct Judgement {
    bool clean = false;
    bool sanitizer = false;  ///< it was a sanitizer that had something to say
    std::string what = {};  ///< `heap-use-after-free`, `data race`, `assertion failed`, `signal 11`, …; empty if clean
};
/// Judges by exit status and by what was printed on stderr.
[[nodiscard]] Judgement judged(const Finished& finished);

/// A file in memory, which a child finds by its path while this lives: nothing to clean up, whatever happens.
class MemoryFile {
public:
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
