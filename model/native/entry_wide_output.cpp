// The functions of libc that print and read wide letters, as those of entry_output.cpp do bytes.
#include <cstdarg>
#include <cstdio>
#include <cwchar>

#include "model/native/caller.hpp"
#include "model/native/format_reads.hpp"

namespace revenant::model::native {
namespace {

Libcs<int(FILE*, const wchar_t*, va_list)> libcs_vfwprintf("vfwprintf");
Libcs<int(wchar_t*, std::size_t, const wchar_t*, va_list)> libcs_vswprintf("vswprintf");

int print_wide(const Caller& caller, FILE* to, const wchar_t* format, va_list arguments) {
    announce_format(caller, format, arguments);
    return libcs_vfwprintf(to, format, arguments);
}
// Nothing says beforehand how long the result is. See Caller::has_read.
int print_wide(const Caller& caller, wchar_t* to, std::size_t most, const wchar_t* format,
               va_list arguments) {
    announce_format(caller, format, arguments);
    const int printed = libcs_vswprintf(to, most, format, arguments);
    if (printed >= 0) caller.writes(to, (static_cast<std::size_t>(printed) + 1) * sizeof *to);
    return printed;
}

}  // namespace

#define REVENANT_PRINTS(...) REVENANT_RETURNS_WITH_ARGUMENTS(print_wide(Caller(REVENANT_PLACE), __VA_ARGS__))
REVENANT_EXPORT int wprintf(const wchar_t* format, ...) { REVENANT_PRINTS(stdout, format, arguments); }
REVENANT_EXPORT int fwprintf(FILE* to, const wchar_t* format, ...) { REVENANT_PRINTS(to, format, arguments); }
REVENANT_EXPORT int swprintf(wchar_t* to, std::size_t most, const wchar_t* format, ...) {
    REVENANT_PRINTS(to, most, format, arguments);
}
#undef REVENANT_PRINTS
REVENANT_EXPORT int vwprintf(const wchar_t* format, va_list arguments) {
    return print_wide(Caller(REVENANT_PLACE), stdout, format, arguments);
}
REVENANT_EXPORT int vfwprintf(FILE* to, const wchar_t* format, va_list arguments) {
    return print_wide(Caller(REVENANT_PLACE), to, format, arguments);
}
REVENANT_EXPORT int vswprintf(wchar_t* to, std::size_t most, const wchar_t* format, va_list arguments) {
    return print_wide(Caller(REVENANT_PLACE), to, most, format, arguments);
}
REVENANT_EXPORT int fputws(const wchar_t* text, FILE* to) {
    static Libcs<int(const wchar_t*, FILE*)> next("fputws");
    Caller(REVENANT_PLACE).reads_text(text);
    return next(text, to);
}
REVENANT_EXPORT wchar_t* fgetws(wchar_t* to, int most, FILE* from) {
    static Libcs<wchar_t*(wchar_t*, int, FILE*)> next("fgetws");
    return Caller(REVENANT_PLACE).has_read_text(next(to, most, from));
}

}  // namespace revenant::model::native
