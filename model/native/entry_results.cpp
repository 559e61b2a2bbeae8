// The functions of libc and libm that have a result besides the one that they return, or a state that is the
// caller's: they write what a pointer leads to.
#include <iconv.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <cwchar>

#include "model/native/caller.hpp"
#include "model/native/entry_strings.hpp"

namespace revenant::model::native {
namespace {

constexpr auto nothing_made = ~std::size_t{0};  // (size_t)-1, and all that is no number of bytes
bool is_size(std::size_t made) { return made < nothing_made - 1; }

}  // namespace

// NOLINTBEGIN(bugprone-macro-parentheses): types have none
// As they are for double, float and long double.
#define REVENANT_WRITES(SYMBOL, RESULT, REAL, OTHER)            \
    REVENANT_EXPORT_AS(RESULT, SYMBOL, (REAL of, OTHER * to)) { \
        static Libcs<RESULT(REAL, OTHER*)> next(#SYMBOL);       \
        Caller(REVENANT_PLACE).writes(to, sizeof *to);          \
        return next(of, to);                                    \
    }
#define REVENANT_MATHS(SUFFIX, REAL)                                                  \
    REVENANT_WRITES(frexp##SUFFIX, REAL, REAL, int)                                   \
    REVENANT_WRITES(modf##SUFFIX, REAL, REAL, REAL)                                   \
    REVENANT_WRITES(lgamma##SUFFIX##_r, REAL, REAL, int)                              \
    REVENANT_EXPORT_AS(REAL, remquo##SUFFIX, (REAL of, REAL by, int* to)) {           \
        static Libcs<REAL(REAL, REAL, int*)> next("remquo" #SUFFIX);                  \
        Caller(REVENANT_PLACE).writes(to, sizeof *to);                                \
        return next(of, by, to);                                                      \
    }                                                                                 \
    REVENANT_EXPORT_AS(void, sincos##SUFFIX, (REAL of, REAL * sine, REAL * cosine)) { \
        static Libcs<void(REAL, REAL*, REAL*)> next("sincos" #SUFFIX);                \
        const Caller caller(REVENANT_PLACE);                                          \
        caller.writes(sine, sizeof *sine);                                            \
        caller.writes(cosine, sizeof *cosine);                                        \
        next(of, sine, cosine);                                                       \
    }
REVENANT_MATHS(, double)
REVENANT_MATHS(f, float)
REVENANT_MATHS(l, long double)
#undef REVENANT_MATHS
#undef REVENANT_WRITES

// Random numbers whose state is the caller's.
#define REVENANT_DRAWS(SYMBOL, NUMBER)                            \
    REVENANT_EXPORT_AS(NUMBER, SYMBOL, (unsigned short* state)) { \
        static Libcs<NUMBER(unsigned short*)> next(#SYMBOL);      \
        Caller(REVENANT_PLACE).writes(state, 3 * sizeof *state);  \
        return next(state);                                       \
    }
REVENANT_DRAWS(erand48, double)
REVENANT_DRAWS(nrand48, long)
REVENANT_DRAWS(jrand48, long)
#undef REVENANT_DRAWS
#define REVENANT_DRAWS(SYMBOL, STATE, NUMBER)                              \
    REVENANT_EXPORT_AS(int, SYMBOL, (struct STATE * state, NUMBER * to)) { \
        static Libcs<int(struct STATE*, NUMBER*)> next(#SYMBOL);           \
        const Caller caller(REVENANT_PLACE);                               \
        caller.writes(state, sizeof *state);                               \
        caller.writes(to, sizeof *to);                                     \
        return next(state, to);                                            \
    }
REVENANT_DRAWS(drand48_r, drand48_data, double)
REVENANT_DRAWS(lrand48_r, drand48_data, long)
REVENANT_DRAWS(mrand48_r, drand48_data, long)
REVENANT_DRAWS(random_r, random_data, int)
#undef REVENANT_DRAWS
// NOLINTEND(bugprone-macro-parentheses)

// Memory and strings that are not among those of entry_strings.cpp.
REVENANT_EXPORT void* memccpy(void* to, const void* from, int byte, std::size_t most) {
    static Libcs<void*(void*, const void*, int, std::size_t)> next("memccpy");
    const Caller caller(REVENANT_PLACE);
    const auto* const bytes = static_cast<const char*>(from);
    std::size_t size = 0;
    while (size < most && bytes[size] != static_cast<char>(byte)) ++size;
    if (size < most) ++size;
    caller.reads(from, size);
    caller.writes(to, size);
    return next(to, from, byte, most);
}
REVENANT_EXPORT void swab(const void* from, void* to, ssize_t bytes) {
    static Libcs<void(const void*, void*, ssize_t)> next("swab");
    const Caller caller(REVENANT_PLACE);
    const auto even = bytes < 0 ? 0 : static_cast<std::size_t>(bytes) & ~std::size_t{1};
    caller.reads(from, even);
    caller.writes(to, even);
    next(from, to, bytes);
}
REVENANT_EXPORT std::size_t strxfrm(char* to, const char* from, std::size_t most) {
    static Libcs<std::size_t(char*, const char*, std::size_t)> next("strxfrm");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(from);
    const auto size = next(to, from, most);
    if (size < most) caller.writes(to, size + 1);
    return size;
}
REVENANT_EXPORT int strverscmp(const char* a, const char* b) {
    static Libcs<int(const char*, const char*)> next("strverscmp");
    const auto same = [](char letter) { return static_cast<int>(letter); };
    static_cast<void>(compared(Caller(REVENANT_PLACE), a, b, all_of_it, same));
    return next(a, b);
}

// Letters of several bytes. See Caller::has_read.
REVENANT_EXPORT_AS(std::size_t, mbstowcs, (wchar_t * to, const char* from, std::size_t most)) {
    static Libcs<std::size_t(wchar_t*, const char*, std::size_t)> next("mbstowcs");
    const Caller caller(REVENANT_PLACE);
    const auto made = next(to, from, most);
    if (!is_size(made)) return made;
    const bool has_end = to == nullptr || made < most;
    has_end ? caller.reads_text(from) : caller.reads(from, made);
    if (to != nullptr) caller.writes(to, (made + (has_end ? 1 : 0)) * sizeof *to);
    return made;
}
REVENANT_EXPORT_AS(std::size_t, wcstombs, (char* to, const wchar_t* from, std::size_t most)) {
    static Libcs<std::size_t(char*, const wchar_t*, std::size_t)> next("wcstombs");
    const Caller caller(REVENANT_PLACE);
    const auto made = next(to, from, most);
    if (!is_size(made)) return made;
    const bool has_end = to == nullptr || made < most;
    if (has_end) caller.reads_text(from);
    if (to != nullptr) caller.writes(to, made + (has_end ? 1 : 0));
    return made;
}
REVENANT_EXPORT std::size_t mbrtowc(wchar_t* to, const char* from, std::size_t most, std::mbstate_t* state) {
    static Libcs<std::size_t(wchar_t*, const char*, std::size_t, std::mbstate_t*)> next("mbrtowc");
    const Caller caller(REVENANT_PLACE);
    if (state != nullptr) caller.writes(state, sizeof *state);
    const auto made = next(to, from, most, state);
    if (from == nullptr || !is_size(made)) return made;
    caller.reads(from, made == 0 ? 1 : made);
    if (to != nullptr) caller.writes(to, sizeof *to);
    return made;
}
REVENANT_EXPORT std::size_t wcrtomb(char* to, wchar_t letter, std::mbstate_t* state) {
    static Libcs<std::size_t(char*, wchar_t, std::mbstate_t*)> next("wcrtomb");
    const Caller caller(REVENANT_PLACE);
    if (state != nullptr) caller.writes(state, sizeof *state);
    const auto made = next(to, letter, state);
    if (to != nullptr && is_size(made)) caller.writes(to, made);
    return made;
}
REVENANT_EXPORT std::size_t iconv(iconv_t how, char** from, std::size_t* from_size, char** to,
                                  std::size_t* to_size) {
    static Libcs<decltype(iconv)> next("iconv");
    const Caller caller(REVENANT_PLACE);
    const char* const first = from == nullptr ? nullptr : *from;
    const char* const first_to = to == nullptr ? nullptr : *to;
    const auto made = next(how, from, from_size, to, to_size);
    if (first != nullptr) {
        caller.reads(first, static_cast<std::size_t>(*from - first));
        caller.writes(from, sizeof *from);
        caller.writes(from_size, sizeof *from_size);
    }
    if (first_to != nullptr) {
        caller.writes(first_to, static_cast<std::size_t>(*to - first_to));
        caller.writes(to, sizeof *to);
        caller.writes(to_size, sizeof *to_size);
    }
    return made;
}

}  // namespace revenant::model::native
