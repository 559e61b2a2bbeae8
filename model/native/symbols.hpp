// Symbols: what the program asks other libraries for, held against what this library takes the place of.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace revenant::model::native {

struct Symbols {
    struct Use {
        std::string symbol;
        std::string module;  ///< the library that asks for it; empty: the program itself
        friend auto operator<=>(const Use&, const Use&) = default;
    };
    /// Concern threads, processes or signals, and there is no model of them.
    std::vector<Use> refused;
    /// The program, or one of its libraries, that was compiled without -fsanitize=thread: what it does to
    /// memory is not seen.
    std::vector<std::string> unseen;
    /// Those of them whose std::string is libstdc++'s own, and not seen.
    std::vector<std::string> strings_unseen;
    bool any_seen = false;
    bool explores_here = false;  ///< its functions ask for an exploration: REVENANT_EXPLORE_HERE
};

/// Of the program, and of the libraries that came with it (those of the system are left out).
[[nodiscard]] Symbols program_symbols();

/// A function that this library takes the place of, and that another one has taken: it was linked before this
/// one. Or null: all is well.
[[nodiscard]] const char* symbol_taken();

/// Why a symbol is refused, or empty: it is harmless, or ours.
[[nodiscard]] std::string why_refused(const std::string& symbol);

}  // namespace revenant::model::native
