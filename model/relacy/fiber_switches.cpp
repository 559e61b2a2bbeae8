// Only where Relacy is linked with AddressSanitizer: its switches of fibers, past the sanitizer's
// interceptors.
//
// At a switch, and before a call that does not return, the sanitizer would clear the shadow of a stack
// between here and there. It cannot know what a fiber's stack is, and says so on stderr. There is nothing to
// clear: no stack has redzones in such a build (-asan-stack=0). The linker sends these calls here (--wrap).
#include <dlfcn.h>
#include <setjmp.h>
#include <ucontext.h>

#include <cstdio>
#include <cstdlib>

namespace {

// The C library's own: looked up by name alone, the sanitizer's comes first.
template <class Function>
Function* of_the_c_library(const char* name) {
    void* const library = ::dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
    void* const found = library != nullptr ? ::dlsym(library, name) : nullptr;
    if (found == nullptr) {
        std::fprintf(stderr, "revenant: the C library has no %s\n", name);
        std::abort();
    }
    return reinterpret_cast<Function*>(found);
}

auto* const real_longjmp = of_the_c_library<void(jmp_buf, int)>("_longjmp");
auto* const real_swapcontext = of_the_c_library<int(ucontext_t*, const ucontext_t*)>("swapcontext");

}  // namespace

extern "C" {
[[noreturn]] void __wrap__longjmp(jmp_buf there, int value);
int __wrap_swapcontext(ucontext_t* here, const ucontext_t* there);
void __wrap___asan_handle_no_return();

void __wrap__longjmp(jmp_buf there, int value) {
    real_longjmp(there, value);
    std::abort();  // not reached
}
int __wrap_swapcontext(ucontext_t* here, const ucontext_t* there) { return real_swapcontext(here, there); }
void __wrap___asan_handle_no_return() {}
}
