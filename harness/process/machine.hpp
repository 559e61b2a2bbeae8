// The machine and the moment, in words, for a report that says how it came to be. Neither may reach a
// verdict.
#pragma once

#include <ctime>
#include <string>

namespace revenant::harness {

/// `name: processor, 8 CPUs, Linux 6.1.0 x86_64`; what the system does not tell is left out.
[[nodiscard]] std::string machine_in_words();

/// `2026-01-31 12:00 UTC`.
[[nodiscard]] std::string time_in_words(std::time_t seconds);

}  // namespace revenant::harness
