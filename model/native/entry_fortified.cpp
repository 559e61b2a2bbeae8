// The forms that a compiler calls in place of libc's functions where it knows the room for the result
// (_FORTIFY_SOURCE, which some systems have on by default). Where the room is too small libc's own function
// says so, and aborts.
#include <sys/types.h>

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "model/native/caller.hpp"
#include "model/native/entry_strings.hpp"
#include "model/native/format_reads.hpp"

namespace revenant::model::native {

#define REVENANT_COPIES(SYMBOL, FROM)                                                                  \
    REVENANT_EXPORT void* __##SYMBOL##_chk(void* to, FROM from, std::size_t bytes, std::size_t room) { \
        static Libcs<void*(void*, FROM, std::size_t, std::size_t)> next("__" #SYMBOL "_chk");          \
        if (bytes <= room) {                                                                           \
            const Caller caller(REVENANT_PLACE);                                                       \
            announce_source(caller, from, bytes);                                                      \
            caller.writes(to, bytes);                                                                  \
        }                                                                                              \
        return next(to, from, bytes, room);                                                            \
    }
namespace {

void announce_source(const Caller& caller, const void* from, std::size_t bytes) { caller.reads(from, bytes); }
void announce_source(const Caller&, int, std::size_t) {}

}  // namespace
REVENANT_COPIES(memcpy, const void*)
REVENANT_COPIES(memmove, const void*)
REVENANT_COPIES(mempcpy, const void*)
REVENANT_COPIES(memset, int)
#undef REVENANT_COPIES

namespace {

using CopyText = char*(char*, const char*, std::size_t);
using CopyPart = char*(char*, const char*, std::size_t, std::size_t);

}  // namespace

REVENANT_EXPORT char* __strcpy_chk(char* to, const char* from, std::size_t room) {
    static Libcs<CopyText> next("__strcpy_chk");
    if (Caller::length(from) >= room) return next(to, from, room);
    return copy_text(Caller(REVENANT_PLACE), to, from);
}
REVENANT_EXPORT char* __stpcpy_chk(char* to, const char* from, std::size_t room) {
    static Libcs<CopyText> next("__stpcpy_chk");
    if (Caller::length(from) >= room) return next(to, from, room);
    return copy_text(Caller(REVENANT_PLACE), to, from) + Caller::length(to);
}
REVENANT_EXPORT char* __strncpy_chk(char* to, const char* from, std::size_t most, std::size_t room) {
    static Libcs<CopyPart> next("__strncpy_chk");
    if (most > room) return next(to, from, most, room);
    return copy_text(Caller(REVENANT_PLACE), to, from, most);
}
REVENANT_EXPORT char* __strcat_chk(char* to, const char* from, std::size_t room) {
    static Libcs<CopyText> next("__strcat_chk");
    if (Caller::length(to) + Caller::length(from) >= room) return next(to, from, room);
    return append_text(Caller(REVENANT_PLACE), to, from, all_of_it);
}
REVENANT_EXPORT char* __strncat_chk(char* to, const char* from, std::size_t most, std::size_t room) {
    static Libcs<CopyPart> next("__strncat_chk");
    if (Caller::length(to) + Caller::length(from, most) >= room) return next(to, from, most, room);
    return append_text(Caller(REVENANT_PLACE), to, from, most);
}

namespace {

int print_checked(const Caller& caller, FILE* to, int flag, const char* format, va_list arguments) {
    static Libcs<int(FILE*, int, const char*, va_list)> next("__vfprintf_chk");
    announce_format(caller, format, arguments);
    return next(to, flag, format, arguments);
}
int print_checked(const Caller& caller, int file, int flag, const char* format, va_list arguments) {
    static Libcs<int(int, int, const char*, va_list)> next("__vdprintf_chk");
    announce_format(caller, format, arguments);
    return next(file, flag, format, arguments);
}
int print_checked(const Caller& caller, char* to, std::size_t most, int flag, std::size_t room,
                  const char* format, va_list arguments) {
    static Libcs<int(char*, std::size_t, int, std::size_t, const char*, va_list)> next("__vsnprintf_chk");
    if (most <= room) announce_format(caller, format, arguments, to, most);
    return next(to, most, flag, room, format, arguments);
}
int print_checked(const Caller& caller, char* to, int flag, std::size_t room, const char* format,
                  va_list arguments) {
    static Libcs<int(char*, int, std::size_t, const char*, va_list)> next("__vsprintf_chk");
    announce_format(caller, format, arguments, to, room);
    return next(to, flag, room, format, arguments);
}

}  // namespace

REVENANT_EXPORT int __vprintf_chk(int flag, const char* format, va_list arguments) {
    return print_checked(Caller(REVENANT_PLACE), stdout, flag, format, arguments);
}
REVENANT_EXPORT int __vfprintf_chk(FILE* to, int flag, const char* format, va_list arguments) {
    return print_checked(Caller(REVENANT_PLACE), to, flag, format, arguments);
}
REVENANT_EXPORT int __vdprintf_chk(int file, int flag, const char* format, va_list arguments) {
    return print_checked(Caller(REVENANT_PLACE), file, flag, format, arguments);
}
REVENANT_EXPORT int __vsnprintf_chk(char* to, std::size_t most, int flag, std::size_t room,
                                    const char* format, va_list arguments) {
    return print_checked(Caller(REVENANT_PLACE), to, most, flag, room, format, arguments);
}
REVENANT_EXPORT int __vsprintf_chk(char* to, int flag, std::size_t room, const char* format,
                                   va_list arguments) {
    return print_checked(Caller(REVENANT_PLACE), to, flag, room, format, arguments);
}
#define REVENANT_PRINTS(...) \
    REVENANT_RETURNS_WITH_ARGUMENTS(print_checked(Caller(REVENANT_PLACE), __VA_ARGS__))
REVENANT_EXPORT int __printf_chk(int flag, const char* format, ...) {
    REVENANT_PRINTS(stdout, flag, format, arguments);
}
REVENANT_EXPORT int __fprintf_chk(FILE* to, int flag, const char* format, ...) {
    REVENANT_PRINTS(to, flag, format, arguments);
}
REVENANT_EXPORT int __dprintf_chk(int file, int flag, const char* format, ...) {
    REVENANT_PRINTS(file, flag, format, arguments);
}
REVENANT_EXPORT int __snprintf_chk(char* to, std::size_t most, int flag, std::size_t room, const char* format,
                                   ...) {
    REVENANT_PRINTS(to, most, flag, room, format, arguments);
}
REVENANT_EXPORT int __sprintf_chk(char* to, int flag, std::size_t room, const char* format, ...) {
    REVENANT_PRINTS(to, flag, room, format, arguments);
}
#undef REVENANT_PRINTS

// See Caller::has_read.
REVENANT_EXPORT ssize_t __read_chk(int file, void* to, std::size_t bytes, std::size_t room) {
    static Libcs<ssize_t(int, void*, std::size_t, std::size_t)> next("__read_chk");
    return Caller(REVENANT_PLACE).has_read(to, next(file, to, bytes, room));
}
REVENANT_EXPORT ssize_t __pread_chk(int file, void* to, std::size_t bytes, off_t at, std::size_t room) {
    static Libcs<ssize_t(int, void*, std::size_t, off_t, std::size_t)> next("__pread_chk");
    return Caller(REVENANT_PLACE).has_read(to, next(file, to, bytes, at, room));
}
REVENANT_EXPORT ssize_t __pread64_chk(int file, void* to, std::size_t bytes, off64_t at, std::size_t room) {
    static Libcs<ssize_t(int, void*, std::size_t, off64_t, std::size_t)> next("__pread64_chk");
    return Caller(REVENANT_PLACE).has_read(to, next(file, to, bytes, at, room));
}
REVENANT_EXPORT std::size_t __fread_chk(void* to, std::size_t room, std::size_t size, std::size_t count,
                                        FILE* from) {
    static Libcs<std::size_t(void*, std::size_t, std::size_t, std::size_t, FILE*)> next("__fread_chk");
    return Caller(REVENANT_PLACE).has_read(to, next(to, room, size, count, from), size);
}
REVENANT_EXPORT char* __fgets_chk(char* to, std::size_t room, int most, FILE* from) {
    static Libcs<char*(char*, std::size_t, int, FILE*)> next("__fgets_chk");
    return Caller(REVENANT_PLACE).has_read_text(next(to, room, most, from));
}
REVENANT_EXPORT void __explicit_bzero_chk(void* to, std::size_t bytes, std::size_t room) {
    static Libcs<void(void*, std::size_t, std::size_t)> next("__explicit_bzero_chk");
    if (bytes <= room) Caller(REVENANT_PLACE).writes(to, bytes);
    next(to, bytes, room);
}

}  // namespace revenant::model::native
