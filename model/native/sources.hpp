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

/// What the table is called in which libstdc++ has those that wait for an atomic.
inline constexpr const char* waiter_pool = "waiter_pool";

/// A copy of the text that lives as long as the process: names outlive the traces that show them.
[[nodiscard]] const char* kept(std::string text);

/// The functions that the call which returns to `place` is of, as the linker has them, the innermost of those
/// that were put in one another first. Empty: there is no debug information.
[[nodiscard]] std::vector<std::string> functions_at(std::uintptr_t place);

/// Whether this is code of the standard library that lies in its own library, whose functions are in no list
/// of calls.
[[nodiscard]] bool is_of_standard_library(std::uintptr_t place);

/// A loop in which the standard library polls.
enum class LibraryPoll : std::uint8_t {
    none,          ///< something else
    of_libstdcxx,  ///< sixteen times
    until_wait,    ///< so many times, and then it waits
    until_time,    ///< until somebody's time is out
    for_ever,
};
/// What the call that returns to `place` is of. `frame`: that of the function which it has called, or null;
/// code that is not optimised has the loop around a function that has called it.
[[nodiscard]] LibraryPoll library_poll(std::uintptr_t place, const void* frame = nullptr);

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
