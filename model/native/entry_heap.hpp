// The program's memory, as its own calls of malloc and its kin have it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace revenant::model::native {

/// As realloc called from this code.
void* reallocate(void* old, std::size_t size, std::uintptr_t place);

}  // namespace revenant::model::native
