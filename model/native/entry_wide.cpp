// The functions of libc on memory and strings of wide letters, as those on bytes are.
#include <cstdlib>
#include <cwchar>
#include <cwctype>

#include "model/native/entry_searches.hpp"
#include "model/native/entry_strings.hpp"

namespace revenant::model::native {
namespace {

// Wider, so that the difference of any two is right.
long wide_itself(wchar_t letter) { return letter; }
long wide_lower(wchar_t letter) { return static_cast<long>(std::towlower(static_cast<std::wint_t>(letter))); }
int sign(long difference) { return (difference > 0 ? 1 : 0) - (difference < 0 ? 1 : 0); }

Libcs<wchar_t*(const wchar_t*, wchar_t)> libcs_wcschr("wcschr");
Libcs<wchar_t*(const wchar_t*, wchar_t)> libcs_wcsrchr("wcsrchr");
Libcs<wchar_t*(const wchar_t*, wchar_t)> libcs_wcschrnul("wcschrnul");
Libcs<wchar_t*(const wchar_t*, const wchar_t*)> libcs_wcsstr("wcsstr");
Libcs<wchar_t*(const wchar_t*, const wchar_t*)> libcs_wcspbrk("wcspbrk");
Libcs<std::size_t(const wchar_t*, const wchar_t*)> libcs_wcsspn("wcsspn");
Libcs<std::size_t(const wchar_t*, const wchar_t*)> libcs_wcscspn("wcscspn");
Libcs<wchar_t*(const wchar_t*, wchar_t, std::size_t)> libcs_wmemchr("wmemchr");
Libcs<wchar_t*(wchar_t*, const wchar_t*, std::size_t)> libcs_wmemmove("wmemmove");

wchar_t* copy_wide(const Caller& caller, wchar_t* to, const wchar_t* from, std::size_t size) {
    caller.reads(from, size * sizeof *from);
    caller.writes(to, size * sizeof *to);
    return libcs_wmemmove(to, from, size);
}

}  // namespace

REVENANT_EXPORT std::size_t wcslen(const wchar_t* text) {
    Caller(REVENANT_PLACE).reads_text(text);
    return Caller::length(text);
}
REVENANT_EXPORT std::size_t wcsnlen(const wchar_t* text, std::size_t most) {
    Caller(REVENANT_PLACE).reads_text(text, most);
    return Caller::length(text, most);
}
REVENANT_EXPORT int wcscmp(const wchar_t* a, const wchar_t* b) {
    return sign(compared(Caller(REVENANT_PLACE), a, b, all_of_it, wide_itself));
}
REVENANT_EXPORT int wcsncmp(const wchar_t* a, const wchar_t* b, std::size_t most) {
    return sign(compared(Caller(REVENANT_PLACE), a, b, most, wide_itself));
}
REVENANT_EXPORT int wcscasecmp(const wchar_t* a, const wchar_t* b) {
    return sign(compared(Caller(REVENANT_PLACE), a, b, all_of_it, wide_lower));
}
REVENANT_EXPORT int wcsncasecmp(const wchar_t* a, const wchar_t* b, std::size_t most) {
    return sign(compared(Caller(REVENANT_PLACE), a, b, most, wide_lower));
}
REVENANT_EXPORT int wcscoll(const wchar_t* a, const wchar_t* b) {
    static Libcs<int(const wchar_t*, const wchar_t*)> next("wcscoll");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(a);
    caller.reads_text(b);
    return next(a, b);
}
REVENANT_EXPORT wchar_t* wcscpy(wchar_t* to, const wchar_t* from) {
    return copy_text(Caller(REVENANT_PLACE), to, from);
}
REVENANT_EXPORT wchar_t* wcpcpy(wchar_t* to, const wchar_t* from) {
    return copy_text(Caller(REVENANT_PLACE), to, from) + Caller::length(to);
}
REVENANT_EXPORT wchar_t* wcsncpy(wchar_t* to, const wchar_t* from, std::size_t most) {
    return copy_text(Caller(REVENANT_PLACE), to, from, most);
}
REVENANT_EXPORT wchar_t* wcpncpy(wchar_t* to, const wchar_t* from, std::size_t most) {
    return copy_text(Caller(REVENANT_PLACE), to, from, most) + Caller::length(to, most);
}
REVENANT_EXPORT wchar_t* wcscat(wchar_t* to, const wchar_t* from) {
    return append_text(Caller(REVENANT_PLACE), to, from, all_of_it);
}
REVENANT_EXPORT wchar_t* wcsncat(wchar_t* to, const wchar_t* from, std::size_t most) {
    return append_text(Caller(REVENANT_PLACE), to, from, most);
}
REVENANT_EXPORT wchar_t* wcsdup(const wchar_t* from) {
    const auto place = REVENANT_PLACE;
    if (machine().is_running() && !is_code_of_the_process(place)) return duplicate(from, all_of_it, place);
    static Libcs<wchar_t*(const wchar_t*)> next("wcsdup");
    return next(from);
}

#define REVENANT_FINDS_LETTER(SYMBOL)                                                       \
    REVENANT_EXPORT_AS(wchar_t*, SYMBOL, (const wchar_t* text, wchar_t letter)) {           \
        const Caller caller(REVENANT_PLACE);                                                \
        if (caller.counts()) caller.reads(text, up_to(text, libcs_##SYMBOL(text, letter))); \
        return libcs_##SYMBOL(text, letter);                                                \
    }
REVENANT_FINDS_LETTER(wcschr)
REVENANT_FINDS_LETTER(wcschrnul)
#undef REVENANT_FINDS_LETTER
REVENANT_EXPORT_AS(wchar_t*, wcsrchr, (const wchar_t* text, wchar_t letter)) {
    Caller(REVENANT_PLACE).reads_text(text);
    return libcs_wcsrchr(text, letter);
}
REVENANT_EXPORT_AS(wchar_t*, wcsstr, (const wchar_t* text, const wchar_t* part)) {
    return found_in_text(libcs_wcsstr, Caller(REVENANT_PLACE), text, part);
}
REVENANT_EXPORT_AS(wchar_t*, wcspbrk, (const wchar_t* text, const wchar_t* letters)) {
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(letters);
    if (caller.counts()) caller.reads(text, up_to(text, libcs_wcspbrk(text, letters)));
    return libcs_wcspbrk(text, letters);
}
#define REVENANT_SPANS(SYMBOL)                                                                          \
    REVENANT_EXPORT std::size_t SYMBOL(const wchar_t* text, const wchar_t* letters) {                   \
        const Caller caller(REVENANT_PLACE);                                                            \
        caller.reads_text(letters);                                                                     \
        if (caller.counts()) caller.reads(text, (libcs_##SYMBOL(text, letters) + 1) * sizeof(wchar_t)); \
        return libcs_##SYMBOL(text, letters);                                                           \
    }
REVENANT_SPANS(wcsspn)
REVENANT_SPANS(wcscspn)
#undef REVENANT_SPANS

REVENANT_EXPORT_AS(wchar_t*, wmemchr, (const wchar_t* at, wchar_t letter, std::size_t size)) {
    const Caller caller(REVENANT_PLACE);
    if (caller.counts()) {
        const auto* const found = libcs_wmemchr(at, letter, size);
        caller.reads(at, found == nullptr ? size * sizeof *at : up_to(at, found));
    }
    return libcs_wmemchr(at, letter, size);
}
REVENANT_EXPORT int wmemcmp(const wchar_t* a, const wchar_t* b, std::size_t size) {
    static Libcs<int(const wchar_t*, const wchar_t*, std::size_t)> next("wmemcmp");
    const Caller caller(REVENANT_PLACE);
    caller.reads(a, size * sizeof *a);
    caller.reads(b, size * sizeof *b);
    return next(a, b, size);
}
REVENANT_EXPORT wchar_t* wmemcpy(wchar_t* to, const wchar_t* from, std::size_t size) {
    return copy_wide(Caller(REVENANT_PLACE), to, from, size);
}
REVENANT_EXPORT wchar_t* wmemmove(wchar_t* to, const wchar_t* from, std::size_t size) {
    return copy_wide(Caller(REVENANT_PLACE), to, from, size);
}
REVENANT_EXPORT wchar_t* wmempcpy(wchar_t* to, const wchar_t* from, std::size_t size) {
    return copy_wide(Caller(REVENANT_PLACE), to, from, size) + size;
}
REVENANT_EXPORT wchar_t* wmemset(wchar_t* to, wchar_t letter, std::size_t size) {
    Caller(REVENANT_PLACE).writes(to, size * sizeof *to);
    for (std::size_t i = 0; i < size; ++i) to[i] = letter;
    return to;
}

#define REVENANT_MAKES_NUMBER(SYMBOL, NUMBER)                                  \
    REVENANT_EXPORT_AS(NUMBER, SYMBOL, (const wchar_t* text, wchar_t** end)) { \
        static Libcs<NUMBER(const wchar_t*, wchar_t**)> make(#SYMBOL);         \
        return number_of_text(make, Caller(REVENANT_PLACE), text, end);        \
    }
REVENANT_MAKES_NUMBER(wcstof, float)
REVENANT_MAKES_NUMBER(wcstod, double)
REVENANT_MAKES_NUMBER(wcstold, long double)
#undef REVENANT_MAKES_NUMBER
#define REVENANT_MAKES_NUMBER(SYMBOL, NUMBER)                                            \
    REVENANT_EXPORT_AS(NUMBER, SYMBOL, (const wchar_t* text, wchar_t** end, int base)) { \
        static Libcs<NUMBER(const wchar_t*, wchar_t**, int)> make(#SYMBOL);              \
        return number_of_text(make, Caller(REVENANT_PLACE), text, end, base);            \
    }
REVENANT_MAKES_NUMBER(wcstol, long)
REVENANT_MAKES_NUMBER(wcstoll, long long)
REVENANT_MAKES_NUMBER(wcstoul, unsigned long)
REVENANT_MAKES_NUMBER(wcstoull, unsigned long long)
REVENANT_MAKES_NUMBER(wcstoimax, long)
REVENANT_MAKES_NUMBER(wcstoumax, unsigned long)
REVENANT_MAKES_NUMBER(__isoc23_wcstol, long)
REVENANT_MAKES_NUMBER(__isoc23_wcstoll, long long)
REVENANT_MAKES_NUMBER(__isoc23_wcstoul, unsigned long)
REVENANT_MAKES_NUMBER(__isoc23_wcstoull, unsigned long long)
REVENANT_MAKES_NUMBER(__isoc23_wcstoimax, long)
REVENANT_MAKES_NUMBER(__isoc23_wcstoumax, unsigned long)
#undef REVENANT_MAKES_NUMBER

}  // namespace revenant::model::native
