// Exceptions that threads share (std::exception_ptr, a future that holds one). libstdc++ counts who refers to
// one with atomics in its library, where nobody sees them: whoever gives up a reference comes before whoever
// does so next, and the last destroys the exception. Without that it would seem to be destroyed in a race.
//
// Layouts: those of the C++ ABI for Itanium, as libstdc++ has them on x86-64.
#include <cstddef>
#include <cstdint>
#include <cstring>

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
    char exception_class[8];
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

// The exception that the end of this handler gives up, or null.
const char* given_up(const Header* caught) {
    if (caught == nullptr || caught->handlers_count != 1) return nullptr;
    if (std::memcmp(caught->exception_class, "GNUCC++", 7) != 0) return nullptr;
    const bool is_another = caught->exception_class[7] != '\0';
    return is_another ? static_cast<const char*>(caught->type_or_primary)
                      : reinterpret_cast<const char*>(caught) + sizeof(Header);
}

}  // namespace

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
