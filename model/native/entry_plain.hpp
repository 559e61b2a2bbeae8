// What a function of a library does to the program's memory, as if the compiler had announced it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace revenant::model::native {

/// `place`: the program's code that the function returns to.
void announce_plain(const void* address, std::size_t size, bool is_write, std::uintptr_t place);

}  // namespace revenant::model::native
