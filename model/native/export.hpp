// REVENANT_EXPORT: a function that the program on trial finds in this library, in place of the one that it
// was written for. exports.txt lists them.
#pragma once

#include <dlfcn.h>

#include <cstdint>

// Never inlined: where this library itself calls one, the caller that it sees must be the library.
#define REVENANT_TAKES_PLACE __attribute__((visibility("default"), used, noinline))
#define REVENANT_EXPORT extern "C" REVENANT_TAKES_PLACE
// By its symbol: where a header declares the function with other types, twice, or inline.
#define REVENANT_EXPORT_AS(RESULT, SYMBOL, PARAMETERS)                            \
    extern "C" REVENANT_TAKES_PLACE RESULT seen_##SYMBOL PARAMETERS asm(#SYMBOL); \
    RESULT seen_##SYMBOL PARAMETERS

/// The program's code that has called the function which this stands in.
#define REVENANT_PLACE reinterpret_cast<std::uintptr_t>(__builtin_return_address(0))

/// Saves all registers that a call preserves just below the frame, where spin.cpp looks for them. For sources
/// that are compiled so that there is a frame: see CMakeLists.txt.
#define REVENANT_FRAME \
    (__extension__({ asm volatile("" ::: "rbx", "r12", "r13", "r14", "r15"); }), __builtin_frame_address(0))

// Where this library's code lies; the linker defines them.
extern const char revenant_begin[] asm("__ehdr_start") __attribute__((visibility("hidden")));
extern const char revenant_end[] asm("etext") __attribute__((visibility("hidden")));

namespace revenant::model::native {

/// Whether this library itself has called: what it does is none of the program's.
[[nodiscard]] inline bool is_own_code(std::uintptr_t place) {
    const auto begin = reinterpret_cast<std::uintptr_t>(revenant_begin);
    return place - begin < reinterpret_cast<std::uintptr_t>(revenant_end) - begin;
}

/// What lies at an address is called by it.
[[nodiscard]] inline std::uintptr_t number_of(const volatile void* address) {
    return reinterpret_cast<std::uintptr_t>(address);
}

/// The function of this name behind ours: what a program outside of an execution wants.
template <class Function>
Function* next_function(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace revenant::model::native
