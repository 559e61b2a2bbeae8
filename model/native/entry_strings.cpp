// The functions of libc that copy and compare strings: their reads and writes, as the compiler would have
// announced them.
#include "model/native/entry_strings.hpp"

#include <cctype>
#include <cstring>

namespace revenant::model::native {
namespace {

int itself(char letter) { return static_cast<unsigned char>(letter); }
int lower(char letter) { return std::tolower(itself(letter)); }

}  // namespace

REVENANT_EXPORT std::size_t strlen(const char* text) {
    Caller(REVENANT_PLACE).reads_text(text);
    return Caller::length(text);
}
REVENANT_EXPORT std::size_t strnlen(const char* text, std::size_t most) {
    Caller(REVENANT_PLACE).reads_text(text, most);
    return Caller::length(text, most);
}
REVENANT_EXPORT int strcmp(const char* a, const char* b) {
    return compared(Caller(REVENANT_PLACE), a, b, all_of_it, itself);
}
REVENANT_EXPORT int strncmp(const char* a, const char* b, std::size_t most) {
    return compared(Caller(REVENANT_PLACE), a, b, most, itself);
}
REVENANT_EXPORT int strcasecmp(const char* a, const char* b) {
    return compared(Caller(REVENANT_PLACE), a, b, all_of_it, lower);
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
    return append_text(Caller(REVENANT_PLACE), to, from, all_of_it);
}
REVENANT_EXPORT char* strncat(char* to, const char* from, std::size_t most) {
    return append_text(Caller(REVENANT_PLACE), to, from, most);
}
REVENANT_EXPORT char* strdup(const char* from) {
    const auto place = REVENANT_PLACE;
    if (machine().is_running() && !is_code_of_the_process(place)) {
        return duplicate(from, all_of_it, place);
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
