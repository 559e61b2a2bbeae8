// Symbols: what the program asks other libraries for, held against what this library takes the place of.
#pragma once

#include <string>
#include <vector>

namespace revenant::model::native {

struct Symbols {
    std::vector<std::string>
        refused;               ///< concern threads, processes or signals, and there is no model of them
    bool tries_locks = false;  ///< the program may ask whether a mutex is free
};

/// Of the program, and of the libraries that came with it (those of the system are left out).
[[nodiscard]] Symbols program_symbols();

/// Why a symbol is refused, or empty: it is harmless, or ours.
[[nodiscard]] std::string why_refused(const std::string& symbol);

}  // namespace revenant::model::native
