// The programs that have real threads, one for each sanitizer, as the command finds and runs them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "harness/process/child_process.hpp"
#include "model/result.hpp"

namespace revenant::harness {

enum class Sanitizer : std::uint8_t { none, address, thread };
/// `no sanitizer`, `ASan`, `TSan`.
[[nodiscard]] const char* to_text(Sanitizer sanitizer);

/// The program's path: it lies beside the command. Errors: it does not; the line says what to build.
[[nodiscard]] model::Result<std::string> threads_program(Sanitizer sanitizer);

/// Whose fault the end of a program is.
enum class Blame : std::uint8_t {
    nobody,   ///< it ended well
    code,     ///< that of the code that it ran: a report, a failed check, a deadlock, a crash
    outside,  ///< it was killed, could not start, ran out of something
};

struct Judgement {
    Blame blame = Blame::nobody;
    std::string what = {};  ///< `heap-use-after-free`, `data race`, `assertion failed`, `signal 11`, …
};
/// Judges by exit status and by what was printed on stderr.
[[nodiscard]] Judgement judged(const Finished& finished);

}  // namespace revenant::harness
