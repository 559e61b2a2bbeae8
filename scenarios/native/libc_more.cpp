// Functions of libc on dates, words, paths, numbers and letters of several bytes, as libc.cpp has the others;
// and what libc keeps for itself. Expected: a data race; and no finding.
#include <fcntl.h>
#include <iconv.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <cwchar>
#include <memory>

#include "scenarios/native/touches.hpp"

namespace {

template <class T>
T* as(char* memory) {
    return reinterpret_cast<T*>(memory);
}

constexpr std::time_t noon = 43200;
std::time_t some_time = noon;
std::tm some_date;
volatile double one_and_half = 1.5;  // a compiler that knows the number knows the results
volatile float short_one_and_half = 1.5F;
volatile long double long_one_and_half = 1.5L;

template <class Call>
void two_of(Call call) {
    std::thread other(call);
    call();
    other.join();
}

void convert(char* from, std::size_t from_size, char* to) {
    const auto how = ::iconv_open("UTF-16LE", "UTF-8");
    std::size_t to_size = room;
    use(::iconv(how, &from, &from_size, &to, &to_size));
    ::iconv_close(how);
}

}  // namespace

// NOLINTBEGIN(bugprone-unused-return-value,bugprone-unsafe-functions,concurrency-mt-unsafe): only what they
// touch matters
REVENANT_TOUCHES("gmtime_r", "", sizeof(std::tm) - 1, ::gmtime_r(&some_time, as<std::tm>(text)))
REVENANT_TOUCHES("gmtime_r from", "", 7, ::gmtime_r(as<std::time_t>(text), &some_date))
REVENANT_TOUCHES("localtime_r", "", sizeof(std::tm) - 1, ::localtime_r(&some_time, as<std::tm>(text)))
REVENANT_TOUCHES("gmtime from", "", 7, use(std::gmtime(as<std::time_t>(text))))
REVENANT_TOUCHES("localtime from", "", 7, use(std::localtime(as<std::time_t>(text))))
REVENANT_TOUCHES("clock_gettime", "", sizeof(timespec) - 1,
                 ::clock_gettime(CLOCK_REALTIME, as<timespec>(text)))
REVENANT_TOUCHES("timespec_get", "", sizeof(timespec) - 1,
                 use(std::timespec_get(as<timespec>(text), TIME_UTC)))
REVENANT_TOUCHES("gettimeofday", "", sizeof(timeval) - 1, ::gettimeofday(as<timeval>(text), nullptr))
REVENANT_TOUCHES("time", "", 7, use(std::time(as<std::time_t>(text))))
REVENANT_TOUCHES("nanosleep", "", sizeof(timespec) - 1, ::nanosleep(as<timespec>(text), nullptr))
REVENANT_TOUCHES("asctime_r", "", 25, ::asctime_r(&some_date, text))
REVENANT_TOUCHES("asctime from", "", sizeof(std::tm) - 1, use(std::asctime(as<std::tm>(text))))
REVENANT_TOUCHES("ctime_r", "", 25, ::ctime_r(&some_time, text))
REVENANT_TOUCHES("ctime from", "", 7, use(std::ctime(as<std::time_t>(text))))
REVENANT_TOUCHES("mktime", "", sizeof(std::tm) - 1, use(std::mktime(as<std::tm>(text))))
REVENANT_TOUCHES("timegm", "", sizeof(std::tm) - 1, use(::timegm(as<std::tm>(text))))
REVENANT_TOUCHES("strftime to", "", 4, use(std::strftime(text, room, "%Y", &some_date)))
REVENANT_TOUCHES("strftime of", "%Y", 2, use(std::strftime(other_text, room, text, &some_date)))
REVENANT_TOUCHES_WIDE("wcsftime to", L"", 4, use(std::wcsftime(wide, room, L"%Y", &some_date)))
REVENANT_TOUCHES("strptime", "2000 1", 3, use(::strptime(text, "%Y", &some_date)))
REVENANT_TOUCHES("strptime to", "", sizeof(std::tm) - 1, use(::strptime("2000", "%Y", as<std::tm>(text))))

REVENANT_TOUCHES("strtok", " ab cd", 3, use(std::strtok(text, " ")))
REVENANT_TOUCHES("strtok of the last", "ab", 2, use(std::strtok(text, " ")))
REVENANT_TOUCHES("strtok_r and the rest", "", 7, {
    char words[] = "ab cd";
    use(::strtok_r(words, " ", as<char*>(text)));
})
REVENANT_TOUCHES("strtok_r, twice", " ab cd ef", 6, {
    char* rest = nullptr;
    use(::strtok_r(text, " ", &rest));
    use(::strtok_r(nullptr, " ", &rest));
})
REVENANT_TOUCHES("strsep", "ab,cd", 2, {
    char* rest = text;
    use(::strsep(&rest, ","));
})

REVENANT_TOUCHES("stat to", "", sizeof(struct ::stat) - 1, use(::stat("/", as<struct ::stat>(text))))
REVENANT_TOUCHES("lstat to", "", sizeof(struct ::stat) - 1, use(::lstat("/", as<struct ::stat>(text))))
REVENANT_TOUCHES("fstat to", "", sizeof(struct ::stat) - 1, use(::fstat(0, as<struct ::stat>(text))))
REVENANT_TOUCHES("fstatat to", "", sizeof(struct ::stat) - 1,
                 use(::fstatat(AT_FDCWD, "/", as<struct ::stat>(text), 0)))
REVENANT_TOUCHES("stat of", "/nowhere", 8, {
    struct ::stat state;
    use(::stat(text, &state));
})
REVENANT_TOUCHES("readlink of", "/nowhere", 8, use(::readlink(text, other_text, room)))
REVENANT_TOUCHES("readlink to", "", 2, use(::readlink("/proc/self/exe", text, 3)))
REVENANT_TOUCHES("realpath to", "", 1, use(::realpath("/", text)))
REVENANT_TOUCHES("realpath of", "/nowhere", 8, use(::realpath(text, other_text)))
REVENANT_EXPLORE("getcwd") {
    beside_a_write(text, "", 1, [] { use(::getcwd(text, room)); });
}
REVENANT_EXPLORE("getcwd, and what lies far behind: right") {
    beside_a_write(text, "", room - 1, [] { use(::getcwd(text, room)); });
}
REVENANT_TOUCHES("dirname", "nothing", 7, use(::dirname(text)))
REVENANT_TOUCHES("basename", "nothing", 7, use(::__xpg_basename(text)))
REVENANT_TOUCHES("open", "/nowhere", 8, use(::open(text, O_RDONLY)))
REVENANT_TOUCHES("fopen", "/nowhere", 8, use(std::fopen(text, "r")))
REVENANT_TOUCHES("access", "/nowhere", 8, use(::access(text, R_OK)))
REVENANT_TOUCHES("unlink", "/nowhere", 8, use(::unlink(text)))
REVENANT_TOUCHES("remove", "/nowhere", 8, use(std::remove(text)))
REVENANT_TOUCHES("rename", "/nowhere", 8, use(std::rename(text, "/nowhere/x")))
REVENANT_TOUCHES("getenv", "REVENANT_NOTHING", 16, use(std::getenv(text)))
REVENANT_TOUCHES("setenv", "1", 1, use(::setenv("REVENANT_SOMETHING", text, 1)))

REVENANT_TOUCHES("frexp", "", 3, use(std::frexp(one_and_half, as<int>(text))))
REVENANT_TOUCHES("frexp of a float", "", 3, use(::frexpf(short_one_and_half, as<int>(text))))
REVENANT_TOUCHES("frexp of a long double", "", 3, use(::frexpl(long_one_and_half, as<int>(text))))
REVENANT_TOUCHES("modf", "", 7, use(::modf(one_and_half, as<double>(text))))
REVENANT_TOUCHES("modf of a float", "", 3, use(::modff(short_one_and_half, as<float>(text))))
REVENANT_TOUCHES("remquo", "", 3, use(::remquo(one_and_half, 1.0, as<int>(text))))
REVENANT_TOUCHES("lgamma_r", "", 3, use(::lgamma_r(one_and_half, as<int>(text))))
REVENANT_TOUCHES("sincos", "", 7, {
    double cosine = 0;
    auto* volatile call = &::sincos;  // of which g++ makes something of its own
    call(one_and_half, as<double>(text), &cosine);
})
REVENANT_TOUCHES("sincos of a float", "", 3, {
    float sine = 0;
    auto* volatile call = &::sincosf;
    call(short_one_and_half, &sine, as<float>(text));
})
REVENANT_TOUCHES("rand_r", "", 3, use(::rand_r(as<unsigned>(text))))
REVENANT_TOUCHES("erand48", "", 5, use(::erand48(as<unsigned short>(text))))
REVENANT_TOUCHES("nrand48", "", 5, use(::nrand48(as<unsigned short>(text))))
REVENANT_TOUCHES("drand48_r", "", 7, {
    drand48_data state{};
    ::drand48_r(&state, as<double>(text));
})
REVENANT_TOUCHES("lrand48_r", "", sizeof(drand48_data) - 1, {
    long drawn = 0;
    ::lrand48_r(as<drand48_data>(text), &drawn);
})

REVENANT_TOUCHES("memccpy", "abcXabdX", 3, use(::memccpy(other_text, text, 'X', room)))
REVENANT_TOUCHES("memccpy to", "", 2, use(::memccpy(text, "abcd", 'c', 4)))
REVENANT_TOUCHES("swab", "abcd", 3, ::swab(text, other_text, 5))
REVENANT_TOUCHES("strxfrm", "abc", 3, use(std::strxfrm(other_text, text, room)))
REVENANT_TOUCHES("strverscmp", "a1c", 2, use(::strverscmp(text, "a1d")))
REVENANT_TOUCHES("mbstowcs", "abc", 3, use(std::mbstowcs(other_wide, text, room)))
REVENANT_TOUCHES_WIDE("mbstowcs to", L"", 2, use(std::mbstowcs(wide, "abcd", 3)))
REVENANT_TOUCHES_WIDE("wcstombs", L"abc", 3, use(std::wcstombs(other_text, wide, room)))
REVENANT_TOUCHES("wcstombs to", "", 3, use(std::wcstombs(text, L"abc", room)))
REVENANT_TOUCHES("mbrtowc", "abc", 0, {
    std::mbstate_t state{};
    use(std::mbrtowc(other_wide, text, 3, &state));
})
REVENANT_TOUCHES("wcrtomb", "", 0, {
    std::mbstate_t state{};
    use(std::wcrtomb(text, L'a', &state));
})
REVENANT_TOUCHES("iconv", "abcd", 2, convert(text, 3, other_text))
REVENANT_TOUCHES("iconv to", "", 5, convert(const_cast<char*>("abc"), 3, text))

REVENANT_EXPLORE("strtok has no text at first, in any execution: right") {
    char words[] = "a b c";
    REVENANT_ENSURE(std::strtok(nullptr, " ") == nullptr);
    std::atomic<int> flag{0};
    std::thread other([&] { flag = 1; });
    use(std::strtok(words, " "));
    use(flag.load());
    other.join();
}
REVENANT_EXPLORE("strtok by two threads") {
    two_of([] {
        char words[] = "ab cd";
        use(std::strtok(words, " "));
    });
}
REVENANT_EXPLORE("strtok_r by two threads: right") {
    two_of([] {
        char words[] = "ab cd";
        char* rest = nullptr;
        REVENANT_ENSURE(::strtok_r(words, " ", &rest) == words && std::strcmp(words, "ab") == 0);
        REVENANT_ENSURE(::strtok_r(nullptr, " ", &rest) == words + 3);
        REVENANT_ENSURE(::strtok_r(nullptr, " ", &rest) == nullptr);
    });
}
REVENANT_EXPLORE("localtime by two threads") {
    two_of([] { use(std::localtime(&some_time)); });
}
REVENANT_EXPLORE("localtime and who reads what it has given") {
    const std::tm* const date = std::localtime(&some_time);
    std::thread other([] { use(std::gmtime(&some_time)); });
    use(date->tm_hour);
    other.join();
}
REVENANT_EXPLORE("localtime_r by two threads: right") {
    two_of([] {
        std::tm date{};
        REVENANT_ENSURE(::gmtime_r(&some_time, &date)->tm_hour == 12 && std::mktime(&date) != -1);
    });
}
REVENANT_EXPLORE("ctime by two threads") {
    two_of([] { use(std::ctime(&some_time)); });
}
REVENANT_EXPLORE("getenv and setenv") {
    std::thread other([] { use(::setenv("REVENANT_SOMETHING", "2", 1)); });
    use(std::getenv("PATH"));
    other.join();
}
REVENANT_EXPLORE("getenv by two threads: right") {
    two_of([] { use(std::getenv("PATH")); });
}
REVENANT_EXPLORE("a loop over equal words, and their end") {
    char words[] = "a a a a a a a a";
    std::atomic<int> never{0};
    const auto rest = std::make_unique<char*>(words);
    while (::strtok_r(nullptr, " ", rest.get()) != nullptr) use(never.load());
    use(std::strtok(words, " "));
    while (std::strtok(nullptr, " ") != nullptr) use(never.load());
    REVENANT_ENSURE(never.load() != 0);
}
REVENANT_EXPLORE("the words of a text, as libc has them: right") {
    char words[] = ",,ab,,c";
    REVENANT_ENSURE(std::strtok(words, ",") == words + 2 && std::strtok(nullptr, ",") == words + 6);
    REVENANT_ENSURE(std::strtok(nullptr, ",") == nullptr && std::strtok(nullptr, ",") == nullptr);
    char parts[] = "a,,b";
    char* rest = parts;
    REVENANT_ENSURE(std::strcmp(::strsep(&rest, ","), "a") == 0 && *::strsep(&rest, ",") == '\0');
    REVENANT_ENSURE(std::strcmp(::strsep(&rest, ","), "b") == 0 && rest == nullptr);
    REVENANT_ENSURE(::strsep(&rest, ",") == nullptr);
    double whole = 0;
    REVENANT_ENSURE(::modf(one_and_half, &whole) == 0.5 && whole == 1.0);
    REVENANT_ENSURE(std::strcmp(std::asctime(std::gmtime(&some_time)), "Thu Jan  1 12:00:00 1970\n") == 0);
}
// NOLINTEND(bugprone-unused-return-value,bugprone-unsafe-functions,concurrency-mt-unsafe)
