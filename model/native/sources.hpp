// Sources: the function, file and line of the program's code, and the names of its variables, from its debug
// information (libbacktrace).
#pragma once

#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <vector>

namespace revenant::model::native {

struct Source {
    std::source_location where;
    const char* function = "";
    bool is_of_a_library = true;
};

/// Of the calls that return to these places, from the innermost out: of the first that is not the standard
/// library's, if there is one. Lives as long as the process.
[[nodiscard]] Source source_of(const std::vector<std::uintptr_t>& places);

/// A copy of the text that lives as long as the process: names outlive the traces that show them.
[[nodiscard]] const char* kept(std::string text);

/// Whether the call that returns to `place` is of the loop in which libstdc++ polls before it waits.
[[nodiscard]] bool is_library_poll(std::uintptr_t place);

/// The symbol whose code or variable lies there, as the linker has it; empty: there is none.
[[nodiscard]] std::string symbol_at(std::uintptr_t address);

/// `table` or `table+8`, or empty: there is no variable of the program here.
[[nodiscard]] std::string variable_at(std::uintptr_t address);

/// The variable around an address, if there is one.
struct Variable {
    std::string name;
    std::uintptr_t begin = 0;
};
[[nodiscard]] std::optional<Variable> variable_around(std::uintptr_t address);

}  // namespace revenant::model::native
