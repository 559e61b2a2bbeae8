// Touches: pairs of tests for a function that reads or writes memory of which another thread writes a part:
// the last one that the function touches, and the one behind it.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <revenant/explore.hpp>
#include <thread>

namespace {

constexpr std::size_t room = 256;
alignas(16) char text[room];
alignas(16) char other_text[room];
wchar_t wide[room];
wchar_t other_wide[room];

// What is found must be looked for.
template <class T>
void use(T found) {
    [[maybe_unused]] const volatile T kept = found;
}

template <class Call>
auto with_list(Call call, ...) {
    va_list arguments;
    va_start(arguments, call);
    const auto result = call(arguments);
    va_end(arguments);
    return result;
}

template <class Use>
void with_stream(Use use_it, const char* content = "one\n2 three\n") {
    std::FILE* const stream = ::fmemopen(const_cast<char*>(content), std::strlen(content), "r");
    REVENANT_ENSURE(stream != nullptr);
    use_it(stream);
    std::fclose(stream);
}
template <class Use>
void with_file(Use use_it) {
    const int file = ::open("/dev/zero", O_RDWR);
    REVENANT_ENSURE(file >= 0);
    use_it(file);
    ::close(file);
}

// Calls while another thread writes one letter.
template <class Letter, class Call>
void beside_a_write(Letter* to, const Letter* begin, std::size_t at, Call call) {
    for (std::size_t i = 0; i < room; ++i) to[i] = Letter{};
    for (std::size_t i = 0; begin[i] != Letter{}; ++i) to[i] = begin[i];
    std::thread other([=] { to[at] = Letter{1}; });
    call();
    other.join();
}

}  // namespace

#define REVENANT_TOUCHES_OF(NAME, TO, BEGIN, LAST, CALL)     \
    REVENANT_EXPLORE(NAME) {                                 \
        beside_a_write(TO, BEGIN, LAST, [] { CALL; });       \
    }                                                        \
    REVENANT_EXPLORE(NAME ", and what lies behind: right") { \
        beside_a_write(TO, BEGIN, (LAST) + 1, [] { CALL; }); \
    }
#define REVENANT_TOUCHES(NAME, BEGIN, LAST, CALL) REVENANT_TOUCHES_OF(NAME, text, BEGIN, LAST, CALL)
#define REVENANT_TOUCHES_WIDE(NAME, BEGIN, LAST, CALL) REVENANT_TOUCHES_OF(NAME, wide, BEGIN, LAST, CALL)
