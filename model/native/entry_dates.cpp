// The functions of libc on dates and on its own tokens: what they read and write of the program's memory, and
// what they keep for themselves, which is one for all threads: the result of localtime, say.
#include <cstring>
#include <ctime>
#include <cwchar>

#include "model/native/caller.hpp"
#include "model/native/libcs_own.hpp"

namespace revenant::model::native {
namespace {

using Split = std::tm*(const std::time_t*, std::tm*);
using Joined = std::time_t(std::tm*);
using Shown = char*(const std::tm*, char*);

Libcs<Split> libcs_gmtime_r("gmtime_r");
Libcs<Split> libcs_localtime_r("localtime_r");
Libcs<Shown> libcs_asctime_r("asctime_r");
Libcs<char*(const std::time_t*, char*)> libcs_ctime_r("ctime_r");

constexpr std::size_t date_letters = sizeof "Thu Jan  1 00:00:00 1970\n";

std::tm* split(Libcs<Split>& next, const Caller& caller, const std::time_t* time, std::tm* to) {
    caller.reads(time, sizeof *time);
    caller.writes(to, sizeof *to);
    return next(time, to);
}
template <class Time>
char* show(Libcs<char*(const Time*, char*)>& next, const Caller& caller, const Time* time, char* to) {
    caller.reads(time, sizeof *time);
    caller.writes(to, date_letters);
    return next(time, to);
}

/// The next word of a text. Its end and what is to come are written.
char* next_token(const Caller& caller, char* text, const char* ends, char** rest, bool skips_empty) {
    caller.reads_text(ends);
    caller.reads(rest, sizeof *rest);
    char* begin = text == nullptr ? *rest : text;
    if (begin == nullptr) return nullptr;
    const auto is_end = [&](char letter) {
        for (const char* end = ends; *end != '\0'; ++end) {
            if (*end == letter) return true;
        }
        return false;
    };
    std::size_t before = 0;
    while (skips_empty && begin[before] != '\0' && is_end(begin[before])) ++before;
    auto size = before;
    while (begin[size] != '\0' && !is_end(begin[size])) ++size;
    caller.reads(begin, size + 1);
    const bool is_last = begin[size] == '\0';
    if (!is_last) caller.writes(begin + size, 1);
    caller.writes(rest, sizeof *rest);
    if (!is_last) begin[size] = '\0';
    if (skips_empty) {
        *rest = begin + size + (is_last ? 0 : 1);
    } else {
        *rest = is_last ? nullptr : begin + size + 1;
    }
    caller.has_gone_on();
    return skips_empty && size == before ? nullptr : begin + before;
}

}  // namespace

constinit LibcsOwn libcs_own{};

REVENANT_EXPORT std::tm* gmtime_r(const std::time_t* time, std::tm* to) {
    return split(libcs_gmtime_r, Caller(REVENANT_PLACE), time, to);
}
REVENANT_EXPORT std::tm* localtime_r(const std::time_t* time, std::tm* to) {
    return split(libcs_localtime_r, Caller(REVENANT_PLACE), time, to);
}
REVENANT_EXPORT std::tm* gmtime(const std::time_t* time) {
    return split(libcs_gmtime_r, Caller(REVENANT_PLACE), time, &libcs_own.date);
}
REVENANT_EXPORT std::tm* localtime(const std::time_t* time) {
    ::tzset();  // which localtime_r need not call
    return split(libcs_localtime_r, Caller(REVENANT_PLACE), time, &libcs_own.date);
}
REVENANT_EXPORT char* asctime_r(const std::tm* date, char* to) {
    return show(libcs_asctime_r, Caller(REVENANT_PLACE), date, to);
}
REVENANT_EXPORT char* ctime_r(const std::time_t* time, char* to) {
    return show(libcs_ctime_r, Caller(REVENANT_PLACE), time, to);
}
REVENANT_EXPORT char* asctime(const std::tm* date) {
    return show(libcs_asctime_r, Caller(REVENANT_PLACE), date, libcs_own.date_text);
}
// Through localtime, as the standard has it.
REVENANT_EXPORT char* ctime(const std::time_t* time) {
    ::tzset();
    const Caller caller(REVENANT_PLACE);
    caller.writes(&libcs_own.date, sizeof libcs_own.date);
    return show(libcs_ctime_r, caller, time, libcs_own.date_text);
}
#define REVENANT_JOINS(SYMBOL)                             \
    REVENANT_EXPORT std::time_t SYMBOL(std::tm* date) {    \
        static Libcs<Joined> next(#SYMBOL);                \
        Caller(REVENANT_PLACE).writes(date, sizeof *date); \
        return next(date);                                 \
    }
REVENANT_JOINS(mktime)
REVENANT_JOINS(timegm)
REVENANT_JOINS(timelocal)
#undef REVENANT_JOINS
// See Caller::has_read.
REVENANT_EXPORT std::size_t strftime(char* to, std::size_t most, const char* format, const std::tm* date) {
    static Libcs<std::size_t(char*, std::size_t, const char*, const std::tm*)> next("strftime");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(format);
    caller.reads(date, sizeof *date);
    const auto letters = next(to, most, format, date);
    if (letters > 0) caller.writes(to, letters + 1);
    return letters;
}
REVENANT_EXPORT std::size_t wcsftime(wchar_t* to, std::size_t most, const wchar_t* format,
                                     const std::tm* date) {
    static Libcs<std::size_t(wchar_t*, std::size_t, const wchar_t*, const std::tm*)> next("wcsftime");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(format);
    caller.reads(date, sizeof *date);
    const auto letters = next(to, most, format, date);
    if (letters > 0) caller.writes(to, (letters + 1) * sizeof *to);
    return letters;
}
// POSIX leaves open whether the fields that the format has not are written.
REVENANT_EXPORT char* strptime(const char* text, const char* format, std::tm* to) {
    static Libcs<char*(const char*, const char*, std::tm*)> next("strptime");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(format);
    char* const rest = next(text, format, to);
    caller.reads(text, rest == nullptr ? 1 : static_cast<std::size_t>(rest - text));
    caller.writes(to, sizeof *to);
    return rest;
}

REVENANT_EXPORT char* strtok(char* text, const char* ends) {
    return next_token(Caller(REVENANT_PLACE), text, ends, &libcs_own.token, true);
}
REVENANT_EXPORT char* strtok_r(char* text, const char* ends, char** rest) {
    return next_token(Caller(REVENANT_PLACE), text, ends, rest, true);
}
REVENANT_EXPORT char* __strtok_r(char* text, const char* ends, char** rest) {
    return next_token(Caller(REVENANT_PLACE), text, ends, rest, true);
}
REVENANT_EXPORT char* strsep(char** rest, const char* ends) {
    return next_token(Caller(REVENANT_PLACE), nullptr, ends, rest, false);
}

}  // namespace revenant::model::native
