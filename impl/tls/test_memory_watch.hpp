// test_memory_watch: what lay in a block of memory at the moment it was given back. Tests only; not
// installed.
//
// The program's operator delete[] looks for the block, or the sanitizer's hook; one block at a time, and one
// thread.
// One use:  watch_memory(text.c_str(), size); …; CHECK(memory_when_freed() == std::string(size, '\0'));
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace revenant {

void watch_memory(const char* block, std::size_t size);
/// Nothing while the block has not been given back.
[[nodiscard]] std::optional<std::string> memory_when_freed();

}  // namespace revenant
