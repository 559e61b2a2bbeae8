// The rest of what a program may call of ThreadSanitizer's library (sanitizer/tsan_interface.h and
// common_interface_defs.h): words about reports that this library does not write, and fibers.
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

void access_of_another(void* address, bool is_write, std::uintptr_t place) {
    auto& all = machine();
    if (all.runs()) all.access(reinterpret_cast<std::uintptr_t>(address), 1, is_write, place);
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
    access_of_another(address, false, REVENANT_PLACE);
}
REVENANT_EXPORT void __tsan_external_write(void* address, void*, void*) {
    access_of_another(address, true, REVENANT_PLACE);
}

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
