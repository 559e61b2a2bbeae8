#include "model/native/layout.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "model/native/export.hpp"

namespace revenant::model::native {

void give_up(int status, const char* line) {
    for (const char* const part : {"revenant: ", line, "\n"}) {
        static_cast<void>(!::write(own_stderr, part, std::strlen(part)));
    }
    next_function<void(int)>("_exit")(status);  // this library's would be a step of the program's
    __builtin_unreachable();
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
