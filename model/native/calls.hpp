// Calls: where the program is at this moment, as far as the stack tells: for what ends an execution outside
// of any step.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace revenant::model::native {

/// Loads what walks a stack. Before the program's memory is remembered, some of which it takes.
void get_ready_to_walk();

/// The places that the program's calls return to, from the innermost out; what libc and this library have
/// called is left out.
[[nodiscard]] std::vector<std::uintptr_t> calls_of_the_program();

/// In a handler of a signal: the place that it came to, and where the calls around that return to, whosever.
[[nodiscard]] std::vector<std::uintptr_t> calls_where_a_signal_came();

/// `T1 in reserve at pool.cpp:12`, as far as it is known: of the first call that is of the user's own code.
[[nodiscard]] std::string in_words(int thread, const std::vector<std::uintptr_t>& calls);

}  // namespace revenant::model::native
