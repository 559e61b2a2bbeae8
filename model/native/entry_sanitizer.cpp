// What else a program may call of ThreadSanitizer's library (sanitizer/tsan_interface.h and
// common_interface_defs.h): words about reports that this library does not write, accesses, and fibers.
#include <cstddef>
#include <cstdint>
#include <string>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

// A switch to another stack that the program makes by itself: no thread's end, start or state would be known.
void refuse_fiber(const char* function) {
    auto& all = machine();
    if (all.is_running()) {
        all.not_modelled(std::string(function) + " (fibers, which the program switches between by itself)");
    }
}

void access_of_caller(const void* address, std::size_t size, bool is_write, std::uintptr_t place) {
    auto& all = machine();
    if (all.runs()) all.access(reinterpret_cast<std::uintptr_t>(address), size, is_write, place);
}

}  // namespace

REVENANT_EXPORT void* __tsan_get_current_fiber() {
    refuse_fiber("__tsan_get_current_fiber");
    return nullptr;
}
REVENANT_EXPORT void* __tsan_create_fiber(unsigned) {
    refuse_fiber("__tsan_create_fiber");
    return nullptr;
}
REVENANT_EXPORT void __tsan_destroy_fiber(void*) { refuse_fiber("__tsan_destroy_fiber"); }
REVENANT_EXPORT void __tsan_switch_to_fiber(void*, unsigned) { refuse_fiber("__tsan_switch_to_fiber"); }
REVENANT_EXPORT void __tsan_set_fiber_name(void*, const char*) {}

// An object of a library that is not instrumented, which says by itself that it is read or changed.
REVENANT_EXPORT void* __tsan_external_register_tag(const char*) { return nullptr; }
REVENANT_EXPORT void __tsan_external_register_header(void*, const char*) {}
REVENANT_EXPORT void __tsan_external_assign_tag(void*, void*) {}
REVENANT_EXPORT void __tsan_external_read(void* address, void*, void*) {
    access_of_caller(address, 1, false, REVENANT_PLACE);
}
REVENANT_EXPORT void __tsan_external_write(void* address, void*, void*) {
    access_of_caller(address, 1, true, REVENANT_PLACE);
}

#define REVENANT_UNALIGNED(bits)                                                                  \
    REVENANT_EXPORT std::uint##bits##_t __sanitizer_unaligned_load##bits(const void* from) {      \
        access_of_caller(from, (bits) / 8, false, REVENANT_PLACE);                                \
        std::uint##bits##_t value = 0;                                                            \
        __builtin_memcpy(&value, from, sizeof value);                                             \
        return value;                                                                             \
    }                                                                                             \
    REVENANT_EXPORT void __sanitizer_unaligned_store##bits(void* to, std::uint##bits##_t value) { \
        access_of_caller(to, (bits) / 8, true, REVENANT_PLACE);                                   \
        __builtin_memcpy(to, &value, sizeof value);                                               \
    }
REVENANT_UNALIGNED(16)
REVENANT_UNALIGNED(32)
REVENANT_UNALIGNED(64)

REVENANT_EXPORT void __tsan_flush_memory() {}
REVENANT_EXPORT void __sanitizer_print_stack_trace() {}
REVENANT_EXPORT void __sanitizer_set_death_callback(void (*)()) {}
REVENANT_EXPORT void __sanitizer_set_report_fd(void*) {}
REVENANT_EXPORT void __sanitizer_set_report_path(const char*) {}
REVENANT_EXPORT void __sanitizer_symbolize_pc(void*, const char*, char* to, std::size_t size) {
    if (size != 0) *to = '\0';
}
REVENANT_EXPORT void __sanitizer_symbolize_global(void*, const char*, char* to, std::size_t size) {
    if (size != 0) *to = '\0';
}

}  // namespace revenant::model::native
