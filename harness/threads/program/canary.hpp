// The canary of a build: a race that its sanitizer must report although the gate puts the two accesses in
// order. If the gate's hand-over could be seen, or an option were lost, it would fall silent, and every
// replay would be called clean.
#pragma once

#include <string_view>

namespace revenant::harness::threads {

/// `read-then-free`: for ThreadSanitizer. `free-then-read`: for AddressSanitizer. `free-then-lock`: a mutex
/// in memory that has been freed, which the library would lock in silence. Returns if nothing was reported.
/// False: no canary has this name.
[[nodiscard]] bool run_canary(std::string_view name);

}  // namespace revenant::harness::threads
