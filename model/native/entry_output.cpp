// The functions of libc that print, read and write: what of the program's memory they read and write, as the
// compiler would have announced it, before libc's own function does the work.
#include <unistd.h>

#include <cstdarg>
#include <cstdio>

#include "model/native/caller.hpp"
#include "model/native/format_reads.hpp"

namespace revenant::model::native {
namespace {

Libcs<int(FILE*, const char*, va_list)> libcs_vfprintf("vfprintf");
Libcs<int(int, const char*, va_list)> libcs_vdprintf("vdprintf");
Libcs<int(char*, std::size_t, const char*, va_list)> libcs_vsnprintf("vsnprintf");
Libcs<int(char*, const char*, va_list)> libcs_vsprintf("vsprintf");
Libcs<int(char**, const char*, va_list)> libcs_vasprintf("vasprintf");

int print(const Caller& caller, FILE* to, const char* format, va_list arguments) {
    announce_format(caller, format, arguments);
    return libcs_vfprintf(to, format, arguments);
}
int print(const Caller& caller, int file, const char* format, va_list arguments) {
    announce_format(caller, format, arguments);
    return libcs_vdprintf(file, format, arguments);
}
// What it writes is new, and nobody else's.
int print(const Caller& caller, char** to, const char* format, va_list arguments) {
    announce_format(caller, format, arguments);
    return libcs_vasprintf(to, format, arguments);
}
int print(const Caller& caller, char* to, std::size_t most, const char* format, va_list arguments) {
    announce_format(caller, format, arguments, to, most);
    return libcs_vsnprintf(to, most, format, arguments);
}
int print(const Caller& caller, char* to, const char* format, va_list arguments) {
    announce_format(caller, format, arguments, to);
    return libcs_vsprintf(to, format, arguments);
}

}  // namespace

#define REVENANT_PRINTS(...) REVENANT_RETURNS_WITH_ARGUMENTS(print(Caller(REVENANT_PLACE), __VA_ARGS__))
REVENANT_EXPORT int printf(const char* format, ...) { REVENANT_PRINTS(stdout, format, arguments); }
REVENANT_EXPORT int fprintf(FILE* to, const char* format, ...) { REVENANT_PRINTS(to, format, arguments); }
REVENANT_EXPORT int sprintf(char* to, const char* format, ...) { REVENANT_PRINTS(to, format, arguments); }
REVENANT_EXPORT int snprintf(char* to, std::size_t most, const char* format, ...) {
    REVENANT_PRINTS(to, most, format, arguments);
}
REVENANT_EXPORT int dprintf(int file, const char* format, ...) { REVENANT_PRINTS(file, format, arguments); }
REVENANT_EXPORT int asprintf(char** to, const char* format, ...) { REVENANT_PRINTS(to, format, arguments); }
#undef REVENANT_PRINTS
REVENANT_EXPORT_AS(int, vprintf, (const char* format, va_list arguments)) {
    return print(Caller(REVENANT_PLACE), stdout, format, arguments);
}
REVENANT_EXPORT int vfprintf(FILE* to, const char* format, va_list arguments) {
    return print(Caller(REVENANT_PLACE), to, format, arguments);
}
REVENANT_EXPORT int vsprintf(char* to, const char* format, va_list arguments) {
    return print(Caller(REVENANT_PLACE), to, format, arguments);
}
REVENANT_EXPORT int vsnprintf(char* to, std::size_t most, const char* format, va_list arguments) {
    return print(Caller(REVENANT_PLACE), to, most, format, arguments);
}
REVENANT_EXPORT int vdprintf(int file, const char* format, va_list arguments) {
    return print(Caller(REVENANT_PLACE), file, format, arguments);
}
REVENANT_EXPORT int vasprintf(char** to, const char* format, va_list arguments) {
    return print(Caller(REVENANT_PLACE), to, format, arguments);
}

REVENANT_EXPORT int puts(const char* text) {
    static Libcs<int(const char*)> next("puts");
    Caller(REVENANT_PLACE).reads_text(text);
    return next(text);
}
REVENANT_EXPORT int fputs(const char* text, FILE* to) {
    static Libcs<int(const char*, FILE*)> next("fputs");
    Caller(REVENANT_PLACE).reads_text(text);
    return next(text, to);
}
REVENANT_EXPORT int fputs_unlocked(const char* text, FILE* to) {
    static Libcs<int(const char*, FILE*)> next("fputs_unlocked");
    Caller(REVENANT_PLACE).reads_text(text);
    return next(text, to);
}
REVENANT_EXPORT std::size_t fwrite_unlocked(const void* from, std::size_t size, std::size_t count, FILE* to) {
    static Libcs<std::size_t(const void*, std::size_t, std::size_t, FILE*)> next("fwrite_unlocked");
    Caller(REVENANT_PLACE).reads(from, size * count);
    return next(from, size, count, to);
}
REVENANT_EXPORT std::size_t fwrite(const void* from, std::size_t size, std::size_t count, FILE* to) {
    static Libcs<std::size_t(const void*, std::size_t, std::size_t, FILE*)> next("fwrite");
    Caller(REVENANT_PLACE).reads(from, size * count);
    return next(from, size, count, to);
}

// See Caller::has_read.
REVENANT_EXPORT std::size_t fread(void* to, std::size_t size, std::size_t count, FILE* from) {
    static Libcs<std::size_t(void*, std::size_t, std::size_t, FILE*)> next("fread");
    return Caller(REVENANT_PLACE).has_read(to, next(to, size, count, from), size);
}
REVENANT_EXPORT char* fgets(char* to, int most, FILE* from) {
    static Libcs<char*(char*, int, FILE*)> next("fgets");
    return Caller(REVENANT_PLACE).has_read_text(next(to, most, from));
}
REVENANT_EXPORT int fgetc(FILE* from) {
    static Libcs<int(FILE*)> next("fgetc");
    Caller(REVENANT_PLACE).has_gone_on();
    return next(from);
}
REVENANT_EXPORT int getc(FILE* from) {
    static Libcs<int(FILE*)> next("getc");
    Caller(REVENANT_PLACE).has_gone_on();
    return next(from);
}

}  // namespace revenant::model::native
