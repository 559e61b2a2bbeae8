// The functions of libc that copy and compare strings: their reads and writes, as the compiler would have
// announced them.
#include "model/native/entry_strings.hpp"

#include <cctype>
#include <cstring>

#include "model/native/caller.hpp"

namespace revenant::model::native {
namespace {

int itself(char letter) { return static_cast<unsigned char>(letter); }
int lower(char letter) { return std::tolower(itself(letter)); }

/// How many bytes of two strings a comparison looks at, which takes each letter for what `as` makes of it.
template <class As>
std::size_t looked_at(const char* a, const char* b, std::size_t most, As as) {
    std::size_t size = 0;
    while (size < most && as(a[size]) == as(b[size]) && a[size] != '\0') ++size;
    return size < most ? size + 1 : most;
}
template <class As>
int compared(const Caller& caller, const char* a, const char* b, std::size_t most, As as) {
    const auto size = looked_at(a, b, most, as);
    caller.reads(a, size);
    caller.reads(b, size);
    const auto last = looked_at(a, b, most, as);
    return last == 0 ? 0 : as(a[last - 1]) - as(b[last - 1]);
}

/// Of a string and the zero behind it.
char* copied(char* to, const char* from, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
    to[size] = '\0';
    return to;
}
char* duplicate(const char* from, std::size_t most, std::uintptr_t place) {
    const auto size = Caller::length(from, most);
    Caller(place).reads_text(from, most);
    return copied(static_cast<char*>(machine().allocate(size + 1, 16, place)), from, size);
}

}  // namespace

char* copy_text(const Caller& caller, char* to, const char* from) {
    const auto size = Caller::length(from);
    caller.reads(from, size + 1);
    caller.writes(to, size + 1);
    return copied(to, from, Caller::length(from));
}
char* copy_text(const Caller& caller, char* to, const char* from, std::size_t most) {
    caller.reads_text(from, most);
    caller.writes(to, most);
    const auto size = Caller::length(from, most);
    for (std::size_t i = 0; i < most; ++i) to[i] = i < size ? from[i] : '\0';
    return to;
}
char* append_text(const Caller& caller, char* to, const char* from, std::size_t most) {
    caller.reads_text(to);
    caller.reads_text(from, most);
    caller.writes(to + Caller::length(to), Caller::length(from, most) + 1);
    copied(to + Caller::length(to), from, Caller::length(from, most));
    return to;
}

REVENANT_EXPORT std::size_t strlen(const char* text) {
    Caller(REVENANT_PLACE).reads_text(text);
    return Caller::length(text);
}
REVENANT_EXPORT std::size_t strnlen(const char* text, std::size_t most) {
    Caller(REVENANT_PLACE).reads_text(text, most);
    return Caller::length(text, most);
}
REVENANT_EXPORT int strcmp(const char* a, const char* b) {
    return compared(Caller(REVENANT_PLACE), a, b, ~std::size_t{0}, itself);
}
REVENANT_EXPORT int strncmp(const char* a, const char* b, std::size_t most) {
    return compared(Caller(REVENANT_PLACE), a, b, most, itself);
}
REVENANT_EXPORT int strcasecmp(const char* a, const char* b) {
    return compared(Caller(REVENANT_PLACE), a, b, ~std::size_t{0}, lower);
}
REVENANT_EXPORT int strncasecmp(const char* a, const char* b, std::size_t most) {
    return compared(Caller(REVENANT_PLACE), a, b, most, lower);
}
REVENANT_EXPORT char* strcpy(char* to, const char* from) {
    return copy_text(Caller(REVENANT_PLACE), to, from);
}
REVENANT_EXPORT char* stpcpy(char* to, const char* from) {
    return copy_text(Caller(REVENANT_PLACE), to, from) + Caller::length(to);
}
REVENANT_EXPORT char* strncpy(char* to, const char* from, std::size_t most) {
    return copy_text(Caller(REVENANT_PLACE), to, from, most);
}
REVENANT_EXPORT char* stpncpy(char* to, const char* from, std::size_t most) {
    return copy_text(Caller(REVENANT_PLACE), to, from, most) + Caller::length(to, most);
}
REVENANT_EXPORT int strcoll(const char* a, const char* b) {
    static Libcs<int(const char*, const char*)> next("strcoll");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(a);
    caller.reads_text(b);
    return next(a, b);
}
REVENANT_EXPORT char* strcat(char* to, const char* from) {
    return append_text(Caller(REVENANT_PLACE), to, from, ~std::size_t{0});
}
REVENANT_EXPORT char* strncat(char* to, const char* from, std::size_t most) {
    return append_text(Caller(REVENANT_PLACE), to, from, most);
}
REVENANT_EXPORT char* strdup(const char* from) {
    const auto place = REVENANT_PLACE;
    if (machine().is_running() && !is_code_of_the_process(place)) {
        return duplicate(from, ~std::size_t{0}, place);
    }
    static Libcs<char*(const char*)> next("strdup");
    return next(from);
}
REVENANT_EXPORT char* strndup(const char* from, std::size_t most) {
    const auto place = REVENANT_PLACE;
    if (machine().is_running() && !is_code_of_the_process(place)) return duplicate(from, most, place);
    static Libcs<char*(const char*, std::size_t)> next("strndup");
    return next(from, most);
}

}  // namespace revenant::model::native
