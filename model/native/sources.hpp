// Sources: the function, file and line of the program's code, and the names of its variables, from its debug
// information (libbacktrace).
#pragma once

#include <cstdint>
#include <source_location>
#include <string>

namespace revenant::model::native {

struct Source {
    std::source_location where;
    const char* function = "";  ///< of the innermost frame that is not the standard library's
};

/// Of the call that returns to `place`. Lives as long as the process.
[[nodiscard]] Source source_of(std::uintptr_t place);

/// Whether the call that returns to `place` is of the loop in which libstdc++ polls before it waits.
[[nodiscard]] bool is_library_poll(std::uintptr_t place);

/// `table` or `table+8`, or empty: there is no variable of the program here.
[[nodiscard]] std::string variable_at(std::uintptr_t address);

}  // namespace revenant::model::native
