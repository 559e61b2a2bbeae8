// Exceptions that threads share (std::exception_ptr, a future that holds one). libstdc++ counts who refers to
// one with atomics in its library, where nobody sees them: whoever gives up a reference comes before whoever
// does so next, and the last destroys the exception. Without that it would seem to be destroyed in a race.
//
// Layouts: those of the C++ ABI for Itanium, as libstdc++ has them on x86-64.
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

/// What lies before an exception, or stands for one that is thrown again.
struct Header {
    void* type_or_primary;  ///< of one that stands for another: that one
    void* destructor;
    void* handlers[2];
    Header* next;
    int handlers_count;
    int handler_value;
    void* caught[4];
    std::uint64_t exception_class;
    void* unwinding[3];
};
static_assert(sizeof(Header) == 112);
constexpr std::size_t count_before_exception = sizeof(Header) + 16;

struct Globals {
    Header* caught;
    unsigned uncaught;
};

// Of one that nobody else has referred to there is nothing to say.
void give_up_reference(const char* exception, std::uintptr_t place) {
    int references = 0;
    std::memcpy(&references, exception - count_before_exception, sizeof references);
    if (references <= 1 && !annotations().has(number_of(exception))) return;
    if (machine().runs()) happens_in_turn(exception, "gives up a reference to an exception", place);
}

/// The exception that is handled, or null: it is not libstdc++'s.
char* exception_of(Header* caught) {
    constexpr std::uint64_t primary = 0x474e5543432b2b00;  // "GNUCC++", and a byte that says which kind
    if (caught == nullptr || caught->exception_class - primary > 1) return nullptr;
    const bool is_another = caught->exception_class != primary;
    return is_another ? static_cast<char*>(caught->type_or_primary)
                      : reinterpret_cast<char*>(caught) + sizeof(Header);
}

// The exception that the end of this handler gives up, or null.
const char* given_up(Header* caught) {
    return caught == nullptr || caught->handlers_count != 1 ? nullptr : exception_of(caught);
}

std::string demangled(const char* name) {
    int status = 0;
    char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    std::string made = status == 0 ? text : name;
    std::free(text);
    return made;
}

}  // namespace

std::string exception_in_words() {
    static auto* const globals = next_function<Globals*()>("__cxa_get_globals");
    char* const exception = globals == nullptr ? nullptr : exception_of(globals()->caught);
    if (exception == nullptr) return {};
    const auto* const header = reinterpret_cast<const Header*>(exception - sizeof(Header));
    const auto& type = *static_cast<const std::type_info*>(header->type_or_primary);
    auto words = ": " + demangled(type.name());
    // Of the program's library, as the exception is.
    const auto* const base = static_cast<const std::type_info*>(::dlsym(RTLD_DEFAULT, "_ZTISt9exception"));
    void* object = exception;
    if (base == nullptr || type.__is_pointer_p() || !base->__do_catch(&type, &object, 1)) return words;
    return words + ": " + static_cast<const std::exception*>(object)->what();
}

constexpr auto release_name = "_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv";
REVENANT_TAKES_PLACE void exception_release(const char** pointer) asm(
    "_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv");
void exception_release(const char** pointer) {
    static auto* const next = next_function<void(const char**)>(release_name);
    if (machine().is_running() && *pointer != nullptr) give_up_reference(*pointer, REVENANT_PLACE);
    next(pointer);
}

REVENANT_EXPORT void __cxa_end_catch() {
    static auto* const next = next_function<void()>("__cxa_end_catch");
    static auto* const globals = next_function<Globals*()>("__cxa_get_globals");
    if (machine().is_running() && globals != nullptr) {
        if (const auto* const exception = given_up(globals()->caught)) {
            give_up_reference(exception, REVENANT_PLACE);
        }
    }
    next();
}

}  // namespace revenant::model::native
