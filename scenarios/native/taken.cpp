// WRONG ON PURPOSE: a program whose own allocation is found before the one that is explored. Refused.
#include <cstddef>
#include <cstdlib>
#include <new>
#include <revenant/explore.hpp>

__attribute__((visibility("default"))) void* operator new(std::size_t size) {
    if (void* const made = std::malloc(size)) return made;
    throw std::bad_alloc();
}
__attribute__((visibility("default"))) void operator delete(void* memory) noexcept { std::free(memory); }
__attribute__((visibility("default"))) void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

REVENANT_EXPLORE("an allocation") { delete new int; }
