// Many threads: this library has room for 16 threads at a time, and another build of the same sources for
// 128. Every clock and every set of threads is larger there, and every execution slower, so that a process
// begins again with it only if its program has more than 16.
#pragma once

namespace revenant::model::native {

/// Set to 1 by somebody who wants that library, whatever the program has, and to 0 by who does not.
inline constexpr const char* many_threads_variable = "REVENANT_MANY_THREADS";

/// Begins the process again with the library for many threads, if this is not that one. Returns if it is, or
/// if there is none: a package may have been installed without. Requires: nothing has been printed.
void begin_again_with_many_threads();
/// … if somebody wants it.
void begin_again_with_many_threads_if_wanted(char** argv);
/// Whether the process has begun again of itself, because of what the program has: it has said its notes.
[[nodiscard]] bool has_begun_again_for_many_threads();

}  // namespace revenant::model::native
