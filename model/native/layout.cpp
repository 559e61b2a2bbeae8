#include "model/native/layout.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

namespace revenant::model::native {

void give_up(int status, const char* line) {
    for (const char* const part : {"revenant: ", line, "\n"}) {
        static_cast<void>(!::write(STDERR_FILENO, part, std::strlen(part)));
    }
    ::_exit(status);
}

void* map_memory(std::uintptr_t at, std::size_t bytes, const char* what) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    if (at != 0) flags |= MAP_FIXED_NOREPLACE;
    void* const memory =
        ::mmap(reinterpret_cast<void*>(at), bytes, PROT_READ | PROT_WRITE, flags, -1, 0);  // NOLINT
    if (memory == MAP_FAILED) give_up(internal_error, what);
    return memory;
}

void guard_memory(std::uintptr_t at, std::size_t bytes) {
    static_cast<void>(::mprotect(reinterpret_cast<void*>(at), bytes, PROT_NONE));  // NOLINT
}

}  // namespace revenant::model::native
