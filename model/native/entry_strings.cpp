// The functions of libc on strings that a program shares memory by: their reads and writes, as the compiler
// would have announced them, before libc's own function does the work.
#include <cstring>

#include "model/native/export.hpp"
#include "model/native/machine.hpp"
#include "model/native/segments.hpp"

namespace revenant::model::native {
namespace {

/// Accesses of whoever calls, unless it is a library of the process.
class Caller {
public:
    explicit Caller(std::uintptr_t place)
        : place_(place), counts_(machine().is_exploring() && !is_code_of_the_process(place)) {}
    void reads(const void* at, std::size_t size) const { access(at, size, false); }
    void writes(const void* at, std::size_t size) const { access(at, size, true); }

private:
    void access(const void* at, std::size_t size, bool is_write) const {
        if (counts_) machine().access(reinterpret_cast<std::uintptr_t>(at), size, is_write, place_);
    }
    std::uintptr_t place_;
    bool counts_;
};

std::size_t length(const char* text) {
    std::size_t size = 0;
    while (text[size] != '\0') ++size;
    return size;
}
std::size_t length(const char* text, std::size_t most) {
    std::size_t size = 0;
    while (size < most && text[size] != '\0') ++size;
    return size;
}
/// How many bytes of two strings a comparison looks at.
std::size_t looked_at(const char* a, const char* b, std::size_t most) {
    std::size_t size = 0;
    while (size < most && a[size] == b[size] && a[size] != '\0') ++size;
    return size < most ? size + 1 : most;
}
int difference(const char* a, const char* b, std::size_t size) {
    if (size == 0) return 0;
    return static_cast<unsigned char>(a[size - 1]) - static_cast<unsigned char>(b[size - 1]);
}
char* copied(char* to, const char* from, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    return to;
}

}  // namespace

REVENANT_EXPORT std::size_t strnlen(const char* text, std::size_t most) {
    const auto size = length(text, most);
    Caller(REVENANT_PLACE).reads(text, size < most ? size + 1 : size);
    return size;
}
REVENANT_EXPORT int strcmp(const char* a, const char* b) {
    const auto size = looked_at(a, b, ~std::size_t{0});
    const Caller caller(REVENANT_PLACE);
    caller.reads(a, size);
    caller.reads(b, size);
    return difference(a, b, size);
}
REVENANT_EXPORT int strncmp(const char* a, const char* b, std::size_t most) {
    const auto size = looked_at(a, b, most);
    const Caller caller(REVENANT_PLACE);
    caller.reads(a, size);
    caller.reads(b, size);
    return difference(a, b, size);
}
REVENANT_EXPORT char* strcpy(char* to, const char* from) {
    const auto size = length(from) + 1;
    const Caller caller(REVENANT_PLACE);
    caller.reads(from, size);
    caller.writes(to, size);
    return copied(to, from, size);
}
REVENANT_EXPORT char* strncpy(char* to, const char* from, std::size_t most) {
    const auto size = length(from, most);
    const Caller caller(REVENANT_PLACE);
    caller.reads(from, size < most ? size + 1 : size);
    caller.writes(to, most);
    copied(to, from, size);
    for (auto i = size; i < most; ++i) to[i] = '\0';
    return to;
}
REVENANT_EXPORT char* strcat(char* to, const char* from) {
    const auto before = length(to);
    const auto size = length(from) + 1;
    const Caller caller(REVENANT_PLACE);
    caller.reads(to, before + 1);
    caller.reads(from, size);
    caller.writes(to + before, size);
    copied(to + before, from, size);
    return to;
}
REVENANT_EXPORT char* strdup(const char* from) {
    const auto size = length(from) + 1;
    const auto place = REVENANT_PLACE;
    Caller(place).reads(from, size);
    auto& all = machine();
    if (!all.is_running() || is_code_of_the_process(place)) {
        return next_function<char*(const char*)>("strdup")(from);
    }
    return copied(static_cast<char*>(all.allocate(size, 16, place)), from, size);
}

}  // namespace revenant::model::native
