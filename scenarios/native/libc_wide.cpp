// Functions of libc on wide letters, as libc.cpp has those on bytes: the last letter that they touch, and the
// one behind it. Expected: a data race; and no finding.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cwchar>

#include "scenarios/native/touches.hpp"

// NOLINTBEGIN(bugprone-unused-return-value): only what they touch matters
REVENANT_TOUCHES_WIDE("wcslen", L"abcXabdX", 8, use(std::wcslen(wide)))
REVENANT_TOUCHES_WIDE("wcsnlen", L"abcXabdX", 3, use(::wcsnlen(wide, 4)))
REVENANT_TOUCHES_WIDE("wcscmp", L"abcXabdX", 3, use(std::wcscmp(wide, L"abcY")))
REVENANT_TOUCHES_WIDE("wcsncmp", L"abcXabdX", 4, use(std::wcsncmp(wide, L"abcXabdX", 5)))
REVENANT_TOUCHES_WIDE("wcscasecmp", L"abcXabdX", 3, use(::wcscasecmp(wide, L"ABCY")))
REVENANT_TOUCHES_WIDE("wcsncasecmp", L"abcXabdX", 4, use(::wcsncasecmp(wide, L"ABCXABDX", 5)))
REVENANT_TOUCHES_WIDE("wcscoll", L"abcXabdX", 8, use(std::wcscoll(wide, L"abcY")))
REVENANT_TOUCHES_WIDE("wcscpy from", L"abcXabdX", 8, std::wcscpy(other_wide, wide))
REVENANT_TOUCHES_WIDE("wcscpy to", L"abcXabdX", 3, std::wcscpy(wide, L"abc"))
REVENANT_TOUCHES_WIDE("wcpcpy", L"abcXabdX", 8, ::wcpcpy(other_wide, wide))
REVENANT_TOUCHES_WIDE("wcsncpy from", L"abcXabdX", 4, std::wcsncpy(other_wide, wide, 5))
REVENANT_TOUCHES_WIDE("wcsncpy to", L"abcXabdX", 6, std::wcsncpy(wide, L"abc", 7))
REVENANT_TOUCHES_WIDE("wcpncpy", L"abcXabdX", 4, ::wcpncpy(other_wide, wide, 5))
REVENANT_TOUCHES_WIDE("wcscat", L"abcXabdX", 10, std::wcscat(wide, L"12"))
REVENANT_TOUCHES_WIDE("wcsncat", L"abcXabdX", 10, std::wcsncat(wide, L"123", 2))
REVENANT_TOUCHES_WIDE("wcsdup", L"abcXabdX", 8, std::free(::wcsdup(wide)))
REVENANT_TOUCHES_WIDE("wcschr", L"abcXabdX", 3, use(std::wcschr(wide, L'X')))
REVENANT_TOUCHES_WIDE("wcschr of none", L"abcXabdX", 8, use(std::wcschr(wide, L'Y')))
REVENANT_TOUCHES_WIDE("wcschrnul", L"abcXabdX", 3, use(::wcschrnul(wide, L'X')))
REVENANT_TOUCHES_WIDE("wcsrchr", L"abcXabdX", 8, use(std::wcsrchr(wide, L'a')))
REVENANT_TOUCHES_WIDE("wcsstr", L"abcXabdX", 6, use(std::wcsstr(wide, L"abd")))
REVENANT_TOUCHES_WIDE("wcspbrk", L"abcXabdX", 3, use(std::wcspbrk(wide, L"Xd")))
REVENANT_TOUCHES_WIDE("wcsspn", L"abcXabdX", 3, use(std::wcsspn(wide, L"cba")))
REVENANT_TOUCHES_WIDE("wcscspn", L"abcXabdX", 3, use(std::wcscspn(wide, L"X")))
REVENANT_TOUCHES_WIDE("wmemchr", L"abcXabdX", 3, use(std::wmemchr(wide, L'X', 7)))
REVENANT_TOUCHES_WIDE("wmemcmp", L"abcXabdX", 3, use(std::wmemcmp(wide, L"abcX", 4)))
REVENANT_TOUCHES_WIDE("wmemcpy", L"abcXabdX", 3, std::wmemcpy(wide, L"1234", 4))
REVENANT_TOUCHES_WIDE("wmemcpy from", L"abcXabdX", 3, std::wmemcpy(other_wide, wide, 4))
REVENANT_TOUCHES_WIDE("wmempcpy", L"abcXabdX", 3, ::wmempcpy(wide, L"1234", 4))
REVENANT_TOUCHES_WIDE("wmemmove", L"abcXabdX", 4, std::wmemmove(wide, wide + 1, 4))
REVENANT_TOUCHES_WIDE("wmemset", L"abcXabdX", 3, std::wmemset(wide, L'x', 4))
REVENANT_TOUCHES_WIDE("wcstol", L"12 3", 2, use(std::wcstol(wide, nullptr, 10)))
REVENANT_TOUCHES_WIDE("wcstoll", L"12 3", 2, use(std::wcstoll(wide, nullptr, 10)))
REVENANT_TOUCHES_WIDE("wcstoul", L"12 3", 2, use(std::wcstoul(wide, nullptr, 10)))
REVENANT_TOUCHES_WIDE("wcstoull", L"12 3", 2, use(std::wcstoull(wide, nullptr, 10)))
REVENANT_TOUCHES_WIDE("wcstoimax", L"12 3", 2, use(std::wcstoimax(wide, nullptr, 10)))
REVENANT_TOUCHES_WIDE("wcstoumax", L"12 3", 2, use(std::wcstoumax(wide, nullptr, 10)))
REVENANT_TOUCHES_WIDE("wcstof", L"1.5 3", 3, use(std::wcstof(wide, nullptr)))
REVENANT_TOUCHES_WIDE("wcstod", L"1.5 3", 3, use(std::wcstod(wide, nullptr)))
REVENANT_TOUCHES_WIDE("wcstold", L"1.5 3", 3, use(std::wcstold(wide, nullptr)))
// NOLINTEND(bugprone-unused-return-value)

REVENANT_EXPLORE("what is copied, and read by its words: right") {
    std::wcscpy(wide, L"34");
    REVENANT_ENSURE(std::wcscmp(wide, L"34") == 0 && std::wcscmp(wide, L"35") < 0);
    REVENANT_ENSURE(::wcscasecmp(L"Ab", L"aB") == 0 && std::wcstol(wide, nullptr, 10) == 34);
    REVENANT_ENSURE(::wcpcpy(other_wide, wide) == other_wide + 2 && std::wcschr(wide, L'4') == wide + 1);
    wchar_t* end = nullptr;
    REVENANT_ENSURE(std::wcstod(L"1.5x", &end) == 1.5 && *end == L'x');
}
