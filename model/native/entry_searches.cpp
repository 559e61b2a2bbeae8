// The functions of libc that look for something in memory, make numbers of text, or sort: their reads and
// writes, as the compiler would have announced them, before libc's own function does the work.
#include "model/native/entry_searches.hpp"

#include <cstdlib>
#include <cstring>

namespace revenant::model::native {
namespace {

Libcs<char*(const char*, int)> libcs_index("index");
Libcs<char*(const char*, int)> libcs_strchr("strchr");
Libcs<char*(const char*, int)> libcs_strrchr("strrchr");
Libcs<char*(const char*, int)> libcs_strchrnul("strchrnul");
Libcs<char*(const char*, const char*)> libcs_strstr("strstr");
Libcs<char*(const char*, const char*)> libcs_strcasestr("strcasestr");
Libcs<char*(const char*, const char*)> libcs_strpbrk("strpbrk");
Libcs<std::size_t(const char*, const char*)> libcs_strspn("strspn");
Libcs<std::size_t(const char*, const char*)> libcs_strcspn("strcspn");
Libcs<void*(const void*, int, std::size_t)> libcs_memchr("memchr");
Libcs<void*(const void*, int, std::size_t)> libcs_memrchr("memrchr");
Libcs<void*(const void*, std::size_t, const void*, std::size_t)> libcs_memmem("memmem");

using Comparison = int(const void*, const void*);
using ComparisonWith = int(const void*, const void*, void*);
Libcs<void(void*, std::size_t, std::size_t, Comparison*)> libcs_qsort("qsort");
Libcs<void(void*, std::size_t, std::size_t, ComparisonWith*, void*)> libcs_qsort_r("qsort_r");

}  // namespace

#define REVENANT_FINDS_LETTER(SYMBOL)                                                       \
    REVENANT_EXPORT_AS(char*, SYMBOL, (const char* text, int letter)) {                     \
        const Caller caller(REVENANT_PLACE);                                                \
        if (caller.counts()) caller.reads(text, up_to(text, libcs_##SYMBOL(text, letter))); \
        return libcs_##SYMBOL(text, letter);                                                \
    }
REVENANT_FINDS_LETTER(index)
REVENANT_FINDS_LETTER(strchr)
REVENANT_FINDS_LETTER(strchrnul)
#undef REVENANT_FINDS_LETTER

REVENANT_EXPORT_AS(char*, strrchr, (const char* text, int letter)) {
    Caller(REVENANT_PLACE).reads_text(text);
    return libcs_strrchr(text, letter);
}
REVENANT_EXPORT_AS(char*, rindex, (const char* text, int letter)) {
    Caller(REVENANT_PLACE).reads_text(text);
    return libcs_strrchr(text, letter);
}

#define REVENANT_FINDS_PART(SYMBOL)                                               \
    REVENANT_EXPORT_AS(char*, SYMBOL, (const char* text, const char* part)) {     \
        return found_in_text(libcs_##SYMBOL, Caller(REVENANT_PLACE), text, part); \
    }
REVENANT_FINDS_PART(strstr)
REVENANT_FINDS_PART(strcasestr)
#undef REVENANT_FINDS_PART

REVENANT_EXPORT_AS(char*, strpbrk, (const char* text, const char* letters)) {
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(letters);
    if (caller.counts()) caller.reads(text, up_to(text, libcs_strpbrk(text, letters)));
    return libcs_strpbrk(text, letters);
}
REVENANT_EXPORT std::size_t strspn(const char* text, const char* letters) {
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(letters);
    if (caller.counts()) caller.reads(text, libcs_strspn(text, letters) + 1);
    return libcs_strspn(text, letters);
}
REVENANT_EXPORT std::size_t strcspn(const char* text, const char* letters) {
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(letters);
    if (caller.counts()) caller.reads(text, libcs_strcspn(text, letters) + 1);
    return libcs_strcspn(text, letters);
}

REVENANT_EXPORT_AS(void*, memchr, (const void* at, int byte, std::size_t bytes)) {
    const Caller caller(REVENANT_PLACE);
    if (caller.counts()) {
        const void* const found = libcs_memchr(at, byte, bytes);
        caller.reads(at, found == nullptr ? bytes : up_to(static_cast<const char*>(at), found));
    }
    return libcs_memchr(at, byte, bytes);
}
REVENANT_EXPORT_AS(void*, rawmemchr, (const void* at, int byte)) {
    constexpr auto no_end = ~std::size_t{0} >> 1;
    const Caller caller(REVENANT_PLACE);
    if (caller.counts()) {
        caller.reads(at, up_to(static_cast<const char*>(at), libcs_memchr(at, byte, no_end)));
    }
    return libcs_memchr(at, byte, no_end);
}
REVENANT_EXPORT_AS(void*, memrchr, (const void* at, int byte, std::size_t bytes)) {
    const Caller caller(REVENANT_PLACE);
    if (caller.counts()) {
        const auto* const found = static_cast<const char*>(libcs_memrchr(at, byte, bytes));
        const auto* const from = found == nullptr ? static_cast<const char*>(at) : found;
        caller.reads(from, bytes - static_cast<std::size_t>(from - static_cast<const char*>(at)));
    }
    return libcs_memrchr(at, byte, bytes);
}
REVENANT_EXPORT void* memmem(const void* at, std::size_t bytes, const void* part, std::size_t part_bytes) {
    const Caller caller(REVENANT_PLACE);
    caller.reads(part, part_bytes);
    if (caller.counts()) {
        const auto* const found = static_cast<const char*>(libcs_memmem(at, bytes, part, part_bytes));
        const auto before = found == nullptr ? 0 : found - static_cast<const char*>(at);
        caller.reads(at, found == nullptr ? bytes : static_cast<std::size_t>(before) + part_bytes);
    }
    return libcs_memmem(at, bytes, part, part_bytes);
}

// The second names are those of C23, which glibc has since 2.38 behind the same header.
#define REVENANT_MAKES_NUMBER(SYMBOL, NUMBER)                            \
    REVENANT_EXPORT_AS(NUMBER, SYMBOL, (const char* text, char** end)) { \
        static Libcs<NUMBER(const char*, char**)> make(#SYMBOL);         \
        return number_of_text(make, Caller(REVENANT_PLACE), text, end);  \
    }
REVENANT_MAKES_NUMBER(strtof, float)
REVENANT_MAKES_NUMBER(strtod, double)
REVENANT_MAKES_NUMBER(strtold, long double)
#undef REVENANT_MAKES_NUMBER
#define REVENANT_MAKES_NUMBER(SYMBOL, NUMBER)                                      \
    REVENANT_EXPORT_AS(NUMBER, SYMBOL, (const char* text, char** end, int base)) { \
        static Libcs<NUMBER(const char*, char**, int)> make(#SYMBOL);              \
        return number_of_text(make, Caller(REVENANT_PLACE), text, end, base);      \
    }
REVENANT_MAKES_NUMBER(strtol, long)
REVENANT_MAKES_NUMBER(strtoll, long long)
REVENANT_MAKES_NUMBER(strtoul, unsigned long)
REVENANT_MAKES_NUMBER(strtoull, unsigned long long)
REVENANT_MAKES_NUMBER(strtoimax, long)
REVENANT_MAKES_NUMBER(strtoumax, unsigned long)
REVENANT_MAKES_NUMBER(__isoc23_strtol, long)
REVENANT_MAKES_NUMBER(__isoc23_strtoll, long long)
REVENANT_MAKES_NUMBER(__isoc23_strtoul, unsigned long)
REVENANT_MAKES_NUMBER(__isoc23_strtoull, unsigned long long)
REVENANT_MAKES_NUMBER(__isoc23_strtoimax, long)
REVENANT_MAKES_NUMBER(__isoc23_strtoumax, unsigned long)
#undef REVENANT_MAKES_NUMBER
#define REVENANT_MAKES_NUMBER(SYMBOL, NUMBER)                                                             \
    REVENANT_EXPORT_AS(NUMBER, SYMBOL, (const char* text)) {                                              \
        static Libcs<long long(const char*, char**, int)> make("strtoll");                                \
        constexpr int decimal = 10;                                                                       \
        return static_cast<NUMBER>(number_of_text(make, Caller(REVENANT_PLACE), text, nullptr, decimal)); \
    }
REVENANT_MAKES_NUMBER(atoi, int)
REVENANT_MAKES_NUMBER(atol, long)
REVENANT_MAKES_NUMBER(atoll, long long)
#undef REVENANT_MAKES_NUMBER
REVENANT_EXPORT_AS(double, atof, (const char* text)) {
    static Libcs<double(const char*, char**)> make("strtod");
    return number_of_text(make, Caller(REVENANT_PLACE), text, nullptr);
}

// Which elements are moved depends on what is found: all of them may be. The comparison announces its own.
REVENANT_EXPORT void qsort(void* base, std::size_t count, std::size_t size, Comparison* comparison) {
    if (count > 1) Caller(REVENANT_PLACE).writes(base, count * size);
    libcs_qsort(base, count, size, comparison);
}
REVENANT_EXPORT void qsort_r(void* base, std::size_t count, std::size_t size, ComparisonWith* comparison,
                             void* argument) {
    if (count > 1) Caller(REVENANT_PLACE).writes(base, count * size);
    libcs_qsort_r(base, count, size, comparison, argument);
}

}  // namespace revenant::model::native
