// Functions of libc that read or write memory which another thread writes: the last byte that they touch, and
// the one behind it. Expected: a data race; and no finding.
#include <fcntl.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "scenarios/native/touches.hpp"

// What a compiler calls in place of those without a room (_FORTIFY_SOURCE).
extern "C" {
void* __memcpy_chk(void*, const void*, std::size_t, std::size_t);
void* __memmove_chk(void*, const void*, std::size_t, std::size_t);
void* __mempcpy_chk(void*, const void*, std::size_t, std::size_t);
void* __memset_chk(void*, int, std::size_t, std::size_t);
char* __strcpy_chk(char*, const char*, std::size_t);
char* __stpcpy_chk(char*, const char*, std::size_t);
char* __strncpy_chk(char*, const char*, std::size_t, std::size_t);
char* __strcat_chk(char*, const char*, std::size_t);
char* __strncat_chk(char*, const char*, std::size_t, std::size_t);
int __printf_chk(int, const char*, ...);
int __fprintf_chk(FILE*, int, const char*, ...);
int __vprintf_chk(int, const char*, va_list);
int __vfprintf_chk(FILE*, int, const char*, va_list);
int __sprintf_chk(char*, int, std::size_t, const char*, ...);
int __snprintf_chk(char*, std::size_t, int, std::size_t, const char*, ...);
int __vsprintf_chk(char*, int, std::size_t, const char*, va_list);
int __vsnprintf_chk(char*, std::size_t, int, std::size_t, const char*, va_list);
int __dprintf_chk(int, int, const char*, ...);
ssize_t __read_chk(int, void*, std::size_t, std::size_t);
ssize_t __pread_chk(int, void*, std::size_t, off_t, std::size_t);
std::size_t __fread_chk(void*, std::size_t, std::size_t, std::size_t, FILE*);
char* __fgets_chk(char*, std::size_t, int, FILE*);
void __explicit_bzero_chk(void*, std::size_t, std::size_t);
}

namespace {

volatile std::size_t four = 4;  // a compiler that knows the number knows that it fits

template <class... Arguments>
void print_to_new(const char* format, Arguments... arguments) {
    char* printed = nullptr;
    REVENANT_ENSURE(::asprintf(&printed, format, arguments...) > 0);
    std::free(printed);
}

int by_byte(const void* a, const void* b) {
    return *static_cast<const unsigned char*>(a) - *static_cast<const unsigned char*>(b);
}

}  // namespace

// NOLINTBEGIN(bugprone-unused-return-value,bugprone-unsafe-functions): only what they touch matters
REVENANT_TOUCHES("strlen", "abcXabdX", 8, use(std::strlen(text)))
REVENANT_TOUCHES("strnlen", "abcXabdX", 3, use(::strnlen(text, 4)))
REVENANT_TOUCHES("strcmp", "abcXabdX", 3, use(std::strcmp(text, "abcY")))
REVENANT_TOUCHES("strncmp", "abcXabdX", 4, use(std::strncmp(text, "abcXabdX", 5)))
REVENANT_TOUCHES("strcasecmp", "abcXabdX", 3, use(::strcasecmp(text, "ABCY")))
REVENANT_TOUCHES("strncasecmp", "abcXabdX", 4, use(::strncasecmp(text, "ABCXABDX", 5)))
REVENANT_TOUCHES("strcpy from", "abcXabdX", 8, std::strcpy(other_text, text))
REVENANT_TOUCHES("strcpy to", "abcXabdX", 3, std::strcpy(text, "abc"))
REVENANT_TOUCHES("stpcpy", "abcXabdX", 8, ::stpcpy(other_text, text))
REVENANT_TOUCHES("strncpy from", "abcXabdX", 4, std::strncpy(other_text, text, 5))
REVENANT_TOUCHES("strncpy to", "abcXabdX", 6, std::strncpy(text, "abc", 7))
REVENANT_TOUCHES("stpncpy", "abcXabdX", 4, ::stpncpy(other_text, text, 5))
REVENANT_TOUCHES("strcoll", "abcXabdX", 8, use(std::strcoll(text, "abcY")))
REVENANT_TOUCHES("strcat", "abcXabdX", 10, std::strcat(text, "12"))
REVENANT_TOUCHES("strncat", "abcXabdX", 10, std::strncat(text, "123", 2))
REVENANT_TOUCHES("strdup", "abcXabdX", 8, std::free(::strdup(text)))
REVENANT_TOUCHES("strndup", "abcXabdX", 4, std::free(::strndup(text, 5)))
REVENANT_TOUCHES("strchr", "abcXabdX", 3, use(std::strchr(text, 'X')))
REVENANT_TOUCHES("strchr of none", "abcXabdX", 8, use(std::strchr(text, 'Y')))
REVENANT_TOUCHES("index", "abcXabdX", 3, use(::index(text, 'X')))
REVENANT_TOUCHES("rindex", "abcXabdX", 8, use(::rindex(text, 'a')))
REVENANT_TOUCHES("strrchr", "abcXabdX", 8, use(std::strrchr(text, 'a')))
REVENANT_TOUCHES("strchrnul", "abcXabdX", 3, use(::strchrnul(text, 'X')))
REVENANT_TOUCHES("strstr", "abcXabdX", 6, use(std::strstr(text, "abd")))
REVENANT_TOUCHES("strcasestr", "abcXabdX", 6, use(::strcasestr(text, "ABD")))
REVENANT_TOUCHES("strpbrk", "abcXabdX", 3, use(std::strpbrk(text, "Xd")))
REVENANT_TOUCHES("strspn", "abcXabdX", 3, use(std::strspn(text, "cba")))
REVENANT_TOUCHES("strcspn", "abcXabdX", 3, use(std::strcspn(text, "X")))
REVENANT_TOUCHES("memchr", "abcXabdX", 3, use(std::memchr(text, 'X', 7)))
REVENANT_TOUCHES("rawmemchr", "abcXabdX", 3, use(::rawmemchr(text, 'X')))
REVENANT_TOUCHES("memrchr", "abcXabdX", 5, use(::memrchr(text, 'X', 6)))
REVENANT_TOUCHES("memmem", "abcXabdX", 6, use(::memmem(text, 8, "abd", 3)))
REVENANT_TOUCHES("memcpy", "abcXabdX", 3, std::memcpy(text, "1234", 4))
REVENANT_TOUCHES("memmove", "abcXabdX", 4, std::memmove(text, text + 1, 4))
REVENANT_TOUCHES("memset", "abcXabdX", 3, std::memset(text, 'x', 4))
REVENANT_TOUCHES("memcmp", "abcXabdX", 3, use(std::memcmp(text, "abcX", 4)))
REVENANT_TOUCHES("bcmp", "abcXabdX", 3, use(::bcmp(text, "abcX", 4)))
REVENANT_TOUCHES("mempcpy", "abcXabdX", 3, ::mempcpy(text, "1234", 4))
REVENANT_TOUCHES("bcopy", "abcXabdX", 3, ::bcopy("1234", text, 4))
REVENANT_TOUCHES("bzero", "abcXabdX", 3, ::bzero(text, 4))
REVENANT_TOUCHES("explicit_bzero", "abcXabdX", 3, ::explicit_bzero(text, 4))
REVENANT_TOUCHES("atoi", "12 3", 2, use(std::atoi(text)))
REVENANT_TOUCHES("atol", "12 3", 2, use(std::atol(text)))
REVENANT_TOUCHES("atoll", "12 3", 2, use(std::atoll(text)))
REVENANT_TOUCHES("atof", "1.5 3", 3, use(std::atof(text)))
REVENANT_TOUCHES("strtol", "12 3", 2, use(std::strtol(text, nullptr, 0)))
REVENANT_TOUCHES("strtoll", "12 3", 2, use(std::strtoll(text, nullptr, 10)))
REVENANT_TOUCHES("strtoul", "12 3", 2, use(std::strtoul(text, nullptr, 10)))
REVENANT_TOUCHES("strtoull", "12 3", 2, use(std::strtoull(text, nullptr, 10)))
REVENANT_TOUCHES("strtoimax", "12 3", 2, use(std::strtoimax(text, nullptr, 10)))
REVENANT_TOUCHES("strtoumax", "12 3", 2, use(std::strtoumax(text, nullptr, 10)))
REVENANT_TOUCHES("strtof", "1.5 3", 3, use(std::strtof(text, nullptr)))
REVENANT_TOUCHES("strtod", "1.5 3", 3, use(std::strtod(text, nullptr)))
REVENANT_TOUCHES("strtold", "1.5 3", 3, use(std::strtold(text, nullptr)))
REVENANT_TOUCHES("qsort", "abcXabdX", 7, std::qsort(text, 8, 1, by_byte))
REVENANT_TOUCHES("qsort_r", "abcXabdX", 7,
                 ::qsort_r(
                     text, 8, 1, [](auto* a, auto* b, void*) { return by_byte(a, b); }, nullptr))
REVENANT_TOUCHES("printf", "abcXabdX", 8, std::printf("%d %s %s\n", 1, "one", text))
REVENANT_TOUCHES("printf of a part", "abcXabdX", 4, std::printf("%-9.5s %s\n", text, "one"))
REVENANT_TOUCHES("printf behind all kinds of others", "abcXabdX", 4,
                 std::printf("%*d%hhd%ld%lld%zu%c%%%5.1f%Lg%p%-.*s", 3, 1, 'c', 1L, 1LL, room, 'c', 1.5, 1.5L,
                             static_cast<void*>(text), 5, text))
REVENANT_TOUCHES("fprintf", "abcXabdX", 8, std::fprintf(stdout, "%s %d", text, 1))
REVENANT_TOUCHES("dprintf", "abcXabdX", 8, ::dprintf(STDOUT_FILENO, "%s %d", text, 1))
REVENANT_TOUCHES("printf behind wide text", "abcXabdX", 8,
                 std::printf("%S %C %ls %s", L"x", L'y', L"z", text))
REVENANT_TOUCHES("asprintf", "abcXabdX", 8, print_to_new("%s %d", text, 1))
REVENANT_TOUCHES("sprintf of what is known", "abcXabdX", 3, std::sprintf(text, "%s", "123"))
REVENANT_TOUCHES("snprintf of what is known", "abcXabdX", 1, std::snprintf(text, 5, "x"))
REVENANT_TOUCHES("sprintf from", "abcXabdX", 8, std::sprintf(other_text, "%d%s", 1, text))
REVENANT_TOUCHES("sprintf to", "abcXabdX", 3, std::sprintf(text, "%d%d", 12, 3))
REVENANT_TOUCHES("snprintf from", "abcXabdX", 8, std::snprintf(other_text, room, "%d%s", 1, text))
REVENANT_TOUCHES("snprintf to", "abcXabdX", 4, std::snprintf(text, 5, "%d%d", 1234, room > 1))
REVENANT_TOUCHES("snprintf to more than enough", "abcXabdX", 3, std::snprintf(text, room, "%d%d", 12, 3))
REVENANT_TOUCHES("vprintf", "abcXabdX", 8,
                 with_list([](va_list list) { return std::vprintf("%s %d", list); }, text, 1))
REVENANT_TOUCHES("vfprintf", "abcXabdX", 8,
                 with_list([](va_list list) { return std::vfprintf(stdout, "%s %d", list); }, text, 1))
REVENANT_TOUCHES("vdprintf", "abcXabdX", 8,
                 with_list([](va_list list) { return ::vdprintf(STDOUT_FILENO, "%s %d", list); }, text, 1))
REVENANT_TOUCHES("vsprintf", "abcXabdX", 3,
                 with_list([](va_list list) { return std::vsprintf(text, "%d%d", list); }, 12, 3))
REVENANT_TOUCHES("vsnprintf", "abcXabdX", 4,
                 with_list([](va_list list) { return std::vsnprintf(text, 5, "%d%d", list); }, 1234, 5))
REVENANT_TOUCHES("puts", "abcXabdX", 8, std::puts(text))
REVENANT_TOUCHES("fputs", "abcXabdX", 8, std::fputs(text, stdout))
REVENANT_TOUCHES("fputs_unlocked", "abcXabdX", 8, ::fputs_unlocked(text, stdout))
REVENANT_TOUCHES("fwrite_unlocked", "abcXabdX", 5, ::fwrite_unlocked(text, 2, 3, stdout))
REVENANT_TOUCHES("fwrite", "abcXabdX", 5, std::fwrite(text, 2, 3, stdout))
REVENANT_TOUCHES("write", "abcXabdX", 3, use(::write(STDOUT_FILENO, text, 4)))

REVENANT_TOUCHES("pwrite", "abcXabdX", 3, with_file([](int file) { use(::pwrite(file, text, 4, 0)); }))
REVENANT_TOUCHES("read", "abcXabdX", 3, with_file([](int file) { use(::read(file, text, 4)); }))
REVENANT_TOUCHES("pread", "abcXabdX", 3, with_file([](int file) { use(::pread(file, text, 4, 0)); }))
REVENANT_TOUCHES("fread", "abcXabdX", 3, with_stream([](FILE* from) { use(std::fread(text, 2, 2, from)); }))
REVENANT_TOUCHES("fgets", "abcXabdX", 4, with_stream([](FILE* from) { use(std::fgets(text, 9, from)); }))

REVENANT_TOUCHES("memcpy with a room", "abcXabdX", 3, __memcpy_chk(text, "1234", four, room))
REVENANT_TOUCHES("memmove with a room", "abcXabdX", 4, __memmove_chk(text, text + 1, four, room))
REVENANT_TOUCHES("mempcpy with a room", "abcXabdX", 3, __mempcpy_chk(text, "1234", four, room))
REVENANT_TOUCHES("memset with a room", "abcXabdX", 3, __memset_chk(text, 'x', four, room))
REVENANT_TOUCHES("strcpy with a room", "abcXabdX", 8, __strcpy_chk(other_text, text, room))
REVENANT_TOUCHES("stpcpy with a room", "abcXabdX", 8, __stpcpy_chk(other_text, text, room))
REVENANT_TOUCHES("strncpy with a room", "abcXabdX", 4, __strncpy_chk(other_text, text, 5, room))
REVENANT_TOUCHES("strcat with a room", "abcXabdX", 10, __strcat_chk(text, "12", room))
REVENANT_TOUCHES("strncat with a room", "abcXabdX", 10, __strncat_chk(text, "123", 2, room))
REVENANT_TOUCHES("printf, checked", "abcXabdX", 8, __printf_chk(1, "%d %s", 1, text))
REVENANT_TOUCHES("fprintf, checked", "abcXabdX", 8, __fprintf_chk(stdout, 1, "%d %s", 1, text))
REVENANT_TOUCHES("vprintf, checked", "abcXabdX", 8,
                 with_list([](va_list list) { return __vprintf_chk(1, "%s %d", list); }, text, 1))
REVENANT_TOUCHES("vfprintf, checked", "abcXabdX", 8,
                 with_list([](va_list list) { return __vfprintf_chk(stdout, 1, "%s %d", list); }, text, 1))
REVENANT_TOUCHES("sprintf with a room", "abcXabdX", 3, __sprintf_chk(text, 1, room, "%d%d", 12, 3))
REVENANT_TOUCHES("snprintf with a room", "abcXabdX", 4, __snprintf_chk(text, 5, 1, room, "%d%d", 1234, 5))
REVENANT_TOUCHES("vsprintf with a room", "abcXabdX", 3,
                 with_list([](va_list list) { return __vsprintf_chk(text, 1, room, "%d%d", list); }, 12, 3))
REVENANT_TOUCHES("vsnprintf with a room", "abcXabdX", 4,
                 with_list([](va_list list) { return __vsnprintf_chk(text, 5, 1, room, "%d%d", list); }, 1234,
                           5))
REVENANT_TOUCHES("dprintf, checked", "abcXabdX", 8, __dprintf_chk(STDOUT_FILENO, 1, "%s %d", text, 1))
REVENANT_TOUCHES("explicit_bzero with a room", "abcXabdX", 3, __explicit_bzero_chk(text, four, room))
REVENANT_TOUCHES("read with a room", "abcXabdX", 3,
                 with_file([](int file) { use(__read_chk(file, text, four, room)); }))
REVENANT_TOUCHES("pread with a room", "abcXabdX", 3,
                 with_file([](int file) { use(__pread_chk(file, text, four, 0, room)); }))
REVENANT_TOUCHES("fread with a room", "abcXabdX", 3,
                 with_stream([](FILE* from) { use(__fread_chk(text, room, 2, 2, from)); }))
REVENANT_TOUCHES("fgets with a room", "abcXabdX", 4,
                 with_stream([](FILE* from) { use(__fgets_chk(text, room, 9, from)); }))
// NOLINTEND(bugprone-unused-return-value,bugprone-unsafe-functions)

REVENANT_EXPLORE("strcpy into a room that is too small") {
    std::strcpy(other_text, "12");
    __strcpy_chk(text, other_text, 2);
}
REVENANT_EXPLORE("printf of a format that it may not write to, with the lock of stdout") {
    std::strcpy(other_text, "%n");
    int printed = 0;
    __printf_chk(1, other_text, &printed);
}
REVENANT_EXPLORE("what is sorted, and read by its words: right") {
    for (std::size_t i = 0; i < room; ++i) text[i] = '\0';
    for (std::size_t i = 0; i < 4; ++i) text[i] = "3142"[i];
    std::qsort(text, 4, 1, by_byte);
    REVENANT_ENSURE(std::strcmp(text, "1234") == 0 && std::strtol(text, nullptr, 10) == 1234);
    REVENANT_ENSURE(std::snprintf(other_text, 3, "%s", text) == 4 && std::strcmp(other_text, "12") == 0);
    REVENANT_ENSURE(::stpcpy(other_text, text) == other_text + 4 && std::strstr(other_text, "34") != nullptr);
    REVENANT_ENSURE(__strcat_chk(other_text, "5", room) == other_text && std::strlen(other_text) == 5);
    REVENANT_ENSURE(::strcasecmp(other_text, "12345") == 0 && ::strcasecmp(other_text, "1235") < 0);
    REVENANT_ENSURE(std::memchr(text, '3', 4) == text + 2 && ::memrchr(text, '3', 2) == nullptr);
}
