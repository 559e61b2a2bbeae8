// Exceptions that threads share (std::exception_ptr, a future that holds one). The library counts who refers
// to one with atomics of its own, where nobody sees them: whoever gives up a reference comes before whoever
// does so next, and the last destroys the exception. Without that it would seem to be destroyed in a race.
//
// Layouts: those of the C++ ABI for Itanium, as libstdc++ has them on x86-64, and libc++abi.
#include "model/native/entry_exceptions.hpp"

#include <cxxabi.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <typeinfo>

#include "model/native/annotations.hpp"
#include "model/native/export.hpp"
#include "model/native/machine.hpp"

namespace revenant::model::native {
namespace {

/// What lies before an exception, or stands for one that is thrown again: the part that all have.
struct Handled {
    void* next;
    int handlers_count;
    int handler_value;
    void* caught[4];
    alignas(16) std::uint64_t exception_class;
    void* unwinding[3];
};
/// libstdc++'s. Before it lies the count.
struct ExceptionHeader {
    void* type_or_primary;  ///< of one that stands for another: that one
    void* destructor;
    void* handlers[2];
    Handled handled;
};
static_assert(sizeof(ExceptionHeader) == 112);
/// libc++abi's.
struct LlvmHeader {
    void* reserved;
    void* count_or_primary;
    void* type;
    void* destructor;
    void* handlers[2];
    Handled handled;
};
static_assert(sizeof(LlvmHeader) == 128);

struct Globals {
    char* caught;
    unsigned uncaught;
};

/// An exception, by the library that has made it.
struct Exception {
    char* object = nullptr;  ///< null: another's
    bool is_llvms = false;

    [[nodiscard]] long references() const {
        long count = 0;
        if (is_llvms) {
            std::memcpy(&count, object - sizeof(LlvmHeader) + offsetof(LlvmHeader, count_or_primary),
                        sizeof count);
        } else {
            std::memcpy(&count, object - sizeof(ExceptionHeader) - 16, sizeof(int));
        }
        return count;
    }
    [[nodiscard]] const std::type_info& type() const {
        return *static_cast<const std::type_info*>(
            is_llvms ? reinterpret_cast<const LlvmHeader*>(object - sizeof(LlvmHeader))->type
                     : reinterpret_cast<const ExceptionHeader*>(object - sizeof(ExceptionHeader))
                           ->type_or_primary);
    }
};

// Of one that nobody else has referred to there is nothing to say.
void give_up_reference(const Exception& exception, std::uintptr_t place) {
    if (exception.references() <= 1 && !annotations().has(number_of(exception.object))) return;
    if (machine().runs()) happens_in_turn(exception.object, "gives up a reference to an exception", place);
}

// A header's class has a byte that says which kind it is: 0 lies before its exception.
Exception exception_of(char* caught) {
    constexpr std::uint64_t gnus = 0x474e5543432b2b00;   // "GNUCC++"
    constexpr std::uint64_t llvms = 0x434c4e47432b2b00;  // "CLNGC++"
    if (caught == nullptr) return {};
    const auto& gnu = *reinterpret_cast<const ExceptionHeader*>(caught);
    if (gnu.handled.exception_class == gnus) return {caught + sizeof(ExceptionHeader), false};
    if (gnu.handled.exception_class == gnus + 1) return {static_cast<char*>(gnu.type_or_primary), false};
    const auto& llvm = *reinterpret_cast<const LlvmHeader*>(caught);
    if (llvm.handled.exception_class == llvms) return {caught + sizeof(LlvmHeader), true};
    if (llvm.handled.exception_class == llvms + 1) return {static_cast<char*>(llvm.count_or_primary), true};
    return {};
}

// The exception that the end of this handler gives up, or none.
Exception given_up(char* caught) {
    const auto exception = exception_of(caught);
    if (exception.object == nullptr) return {};
    const auto& handled = exception.is_llvms ? reinterpret_cast<const LlvmHeader*>(caught)->handled
                                             : reinterpret_cast<const ExceptionHeader*>(caught)->handled;
    return handled.handlers_count == 1 ? exception : Exception{};
}

std::string type_in_words(const char* name) {
    int status = 0;
    char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    std::string made = status == 0 ? text : name;
    std::free(text);
    return made;
}

// Not what the program says itself: that may take a lock, fail, or have no end.
bool says_what_in_a_library(const void* exception) {
    constexpr int index_of_what = 2;  // behind two destructors
    const void* const* const functions = *static_cast<const void* const* const*>(exception);
    Dl_info info{};
    if (::dladdr(functions[index_of_what], &info) == 0) return false;
    const std::string file = info.dli_fname;
    return file.find("/libstdc++.so") != file.npos || file.find("/libc++") != file.npos;
}

}  // namespace

std::string exception_in_words() {
    static auto* const globals = next_function<Globals*()>("__cxa_get_globals");
    const auto exception = globals == nullptr ? Exception{} : exception_of(globals()->caught);
    if (exception.object == nullptr) return {};
    const auto& type = exception.type();
    auto words = ": " + type_in_words(type.name());
    // Of the program's library, as the exception is.
    const auto* const base = static_cast<const std::type_info*>(::dlsym(RTLD_DEFAULT, "_ZTISt9exception"));
    void* object = exception.object;
    if (base == nullptr || (!exception.is_llvms && type.__is_pointer_p())) return words;
    // libc++abi has a function in its place that does the same, and asks by itself for a pointer.
    if (!base->__do_catch(&type, &object, 1) || !says_what_in_a_library(object)) return words;
    return words + ": " + static_cast<const std::exception*>(object)->what();
}

constexpr auto release_name = "_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv";
// Of this library: the program may have the rest of libstdc++ linked into it.
void own_exception_release(char** pointer) asm("__wrap__ZNSt15__exception_ptr13exception_ptr10_M_releaseEv");
REVENANT_TAKES_PLACE void exception_release(char** pointer) asm(
    "_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv");
void exception_release(char** pointer) {
    static auto* const found = next_function<void(char**)>(release_name);
    static auto* const next = found == nullptr ? own_exception_release : found;
    if (machine().is_running() && *pointer != nullptr) give_up_reference({*pointer, false}, REVENANT_PLACE);
    next(pointer);
}
// libc++'s exception_ptr.
REVENANT_EXPORT void __cxa_decrement_exception_refcount(char* exception) {
    static auto* const next = next_function<void(char*)>("__cxa_decrement_exception_refcount");
    if (machine().is_running() && exception != nullptr) {
        give_up_reference({exception, true}, REVENANT_PLACE);
    }
    next(exception);
}

REVENANT_EXPORT void __cxa_end_catch() {
    static auto* const next = next_function<void()>("__cxa_end_catch");
    static auto* const globals = next_function<Globals*()>("__cxa_get_globals");
    if (machine().is_running() && globals != nullptr) {
        const auto exception = given_up(globals()->caught);
        if (exception.object != nullptr) give_up_reference(exception, REVENANT_PLACE);
    }
    next();
}

}  // namespace revenant::model::native
