// Unit ranges: which unit of the debug information has which code, for libbacktrace to find.
#pragma once

#include <cstdint>
#include <optional>

namespace revenant::model::native {

/// While libbacktrace reads the modules: from where the addresses of the one count that it reads now.
inline std::optional<std::uintptr_t> module_read;

}  // namespace revenant::model::native
