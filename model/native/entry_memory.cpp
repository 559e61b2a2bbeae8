// Memory and libraries that a program asks the system for: neither checked for races nor put back between two
// executions. Refused where they are called, and not by name: many a library could call them and does not.
#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

void refuse_memory(const char* function, std::uintptr_t place) {
    if (!is_code_of_the_process(place) && machine().runs()) machine().not_modelled(function);
}

}  // namespace

REVENANT_EXPORT void* mmap(void* at, std::size_t bytes, int protection, int flags, int file, off_t offset) {
    refuse_memory("mmap", REVENANT_PLACE);
    return next_function<decltype(mmap)>("mmap")(at, bytes, protection, flags, file, offset);
}
REVENANT_EXPORT void* mmap64(void* at, std::size_t bytes, int protection, int flags, int file,
                             off64_t offset) {
    refuse_memory("mmap", REVENANT_PLACE);
    return next_function<decltype(mmap)>("mmap")(at, bytes, protection, flags, file, offset);
}
REVENANT_EXPORT void* sbrk(std::intptr_t bytes) {
    refuse_memory("sbrk", REVENANT_PLACE);
    return next_function<decltype(sbrk)>("sbrk")(bytes);
}
REVENANT_EXPORT void* dlopen(const char* name, int flags) {
    refuse_memory("dlopen", REVENANT_PLACE);
    return next_function<decltype(dlopen)>("dlopen")(name, flags);
}

}  // namespace revenant::model::native
