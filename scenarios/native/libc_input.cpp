// Functions of libc that scan, read lines or print what is called by its number, as libc.cpp has the others.
// Expected: a data race; and no finding.
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <initializer_list>

#include "scenarios/native/touches.hpp"

// Those before C99, which headers do not give to C++.
extern "C" int scan_as_before(const char*, const char*, ...) asm("sscanf");

namespace {

template <class T>
T* as(char* memory) {
    return reinterpret_cast<T*>(memory);
}

// What the stream gives, in a line of the program's own.
void read_line(std::FILE* from, std::size_t has) {
    auto* line = static_cast<char*>(std::malloc(has));
    std::size_t size = has;
    REVENANT_ENSURE(::getline(&line, &size, from) == 4 && std::strcmp(line, "one\n") == 0 && size >= 5);
    std::free(line);
}

int number;
int other_number;
char letter;

}  // namespace

// NOLINTBEGIN(bugprone-unused-return-value,bugprone-unsafe-functions,cert-err34-c): only what they touch
REVENANT_TOUCHES("sscanf of a number", "12 3", 2, use(std::sscanf(text, "%d", &number)))
REVENANT_TOUCHES("sscanf of what is no number", "abc", 0, use(std::sscanf(text, "%d", &number)))
// (glibc looks at the letter behind, and puts it back.)
REVENANT_TOUCHES("sscanf of some letters", "1234", 2, use(std::sscanf(text, "%2d", &number)))
REVENANT_TOUCHES("sscanf of all", "12 34", 5, use(std::sscanf(text, "%d %d", &number, &other_number)))
REVENANT_TOUCHES("sscanf of words", "ab-cd", 2, use(std::sscanf(text, "%[abc]", other_text)))
REVENANT_TOUCHES("sscanf to a number", "", 3, use(std::sscanf("1", "%d", as<int>(text))))
REVENANT_TOUCHES("sscanf to a byte", "", 0, use(std::sscanf("1", "%hhd", text)))
REVENANT_TOUCHES("sscanf to a short", "", 1, use(std::sscanf("1", "%hu", as<unsigned short>(text))))
REVENANT_TOUCHES("sscanf to a long", "", 7, use(std::sscanf("1f", "%lx", as<unsigned long>(text))))
REVENANT_TOUCHES("sscanf to a size", "", 7, use(std::sscanf("1", "%zu", as<std::size_t>(text))))
REVENANT_TOUCHES("sscanf to a float", "", 3, use(std::sscanf("1", "%f", as<float>(text))))
REVENANT_TOUCHES("sscanf to a double", "", 7, use(std::sscanf("1", "%lf", as<double>(text))))
REVENANT_TOUCHES("sscanf to a long double", "", 15, use(std::sscanf("1", "%Lf", as<long double>(text))))
REVENANT_TOUCHES("sscanf to a pointer", "", 7, use(std::sscanf("0x1", "%p", as<void*>(text))))
REVENANT_TOUCHES("sscanf to a word", "", 3, use(std::sscanf(" abc d", "%s", text)))
REVENANT_TOUCHES("sscanf to a part", "", 2, use(std::sscanf("abcd", "%2s", text)))
REVENANT_TOUCHES("sscanf to a set", "", 3, use(std::sscanf("]ab-c", "%[]ab]", text)))
REVENANT_TOUCHES("sscanf to letters", "", 2, use(std::sscanf("abcd", "%3c", text)))
REVENANT_TOUCHES("sscanf to a count", "", 3, use(std::sscanf("1 2", "%d%n", &number, as<int>(text))))
REVENANT_TOUCHES("sscanf behind others", "", 3,
                 use(std::sscanf("1 ab % x2", "%*d %*[a-c] %% %c%d", &letter, as<int>(text))))
REVENANT_TOUCHES("sscanf by the number", "", 3, use(std::sscanf("x 2", "%2$c %1$d", as<int>(text), &letter)))
// (The text itself is left to libc.)
REVENANT_TOUCHES("sscanf to new text", "", 7, use(std::sscanf("abc", "%ms", as<char*>(text))))
REVENANT_TOUCHES("sscanf to new text, as before", "", 7, use(scan_as_before("abc", "%as", as<char*>(text))))
REVENANT_TOUCHES_WIDE("sscanf to wide text", L"", 3, use(std::sscanf("abc", "%ls", wide)))
REVENANT_TOUCHES("vsscanf", "", 3,
                 use(with_list([](va_list list) { return std::vsscanf("1", "%d", list); }, text)))
REVENANT_TOUCHES("fscanf", "", 3, with_stream([](FILE* from) { use(std::fscanf(from, "%s", text)); }))
REVENANT_TOUCHES("vfscanf", "", 3, with_stream([](FILE* from) {
                     use(with_list(
                         [](va_list list) {
                             FILE* const stream = va_arg(list, FILE*);
                             return std::vfscanf(stream, "%s", list);
                         },
                         from, text));
                 }))
REVENANT_TOUCHES_WIDE("swscanf", L"1", 0, use(std::swscanf(wide, L"%d", &number)))
REVENANT_TOUCHES_WIDE("swscanf to", L"", 3, use(std::swscanf(L"abc", L"%ls", wide)))
REVENANT_TOUCHES("getline to", "", 4, with_stream([](FILE* from) {
                     char* line = text;
                     std::size_t size = room;
                     use(::getline(&line, &size, from));
                 }))
REVENANT_TOUCHES("getdelim to", "", 2, with_stream([](FILE* from) {
                     char* line = text;
                     std::size_t size = room;
                     use(::getdelim(&line, &size, 'n', from));
                 }))
REVENANT_TOUCHES("getline and its size", "", 7, with_stream([](FILE* from) {
                     char* line = nullptr;
                     use(::getline(&line, as<std::size_t>(text), from));
                     std::free(line);
                 }))
REVENANT_TOUCHES("fgets_unlocked", "", 4,
                 with_stream([](FILE* from) { use(::fgets_unlocked(text, 9, from)); }))
REVENANT_TOUCHES("fread_unlocked", "", 3,
                 with_stream([](FILE* from) { use(::fread_unlocked(text, 2, 2, from)); }))
// (What fmemopen gives has no wide letters.)
REVENANT_TOUCHES_WIDE("fgetws", L"", 4, {
    std::FILE* const stream = std::tmpfile();
    use(std::fputws(L"one\ntwo", stream));
    std::rewind(stream);
    use(std::fgetws(wide, 9, stream));
    std::fclose(stream);
})
REVENANT_TOUCHES_WIDE("fputws", L"abc", 3, {
    std::FILE* const stream = std::tmpfile();
    use(std::fputws(wide, stream));
    std::fclose(stream);
})
REVENANT_TOUCHES("readv", "", 3, with_file([](int file) {
                     const iovec parts[] = {{other_text, 2}, {text, 4}};
                     use(::readv(file, parts, 2));
                 }))
REVENANT_TOUCHES("writev", "", 3, with_file([](int file) {
                     const iovec parts[] = {{other_text, 2}, {text, 4}};
                     use(::writev(file, parts, 2));
                 }))
REVENANT_TOUCHES("preadv", "", 3, with_file([](int file) {
                     const iovec parts[] = {{text, 4}};
                     use(::preadv(file, parts, 1, 0));
                 }))
REVENANT_TOUCHES("pwritev", "", 3, with_file([](int file) {
                     const iovec parts[] = {{text, 4}};
                     use(::pwritev(file, parts, 1, 0));
                 }))

REVENANT_TOUCHES("printf by the number", "abcXabdX", 8, std::printf("%2$s %1$d %2$.3s %3$f\n", 1, text, 1.5))
REVENANT_TOUCHES("printf by the number, of a part", "abcXabdX", 4,
                 std::printf("%1$f %4$s %2$.*3$s\n", 1.5, text, 5, "one"))
REVENANT_TOUCHES("printf to a count", "", 3, std::printf("%d%n", 1, as<int>(text)))
REVENANT_TOUCHES_WIDE("swprintf to", L"", 3, std::swprintf(wide, room, L"%d%d", 12, 3))
REVENANT_TOUCHES_WIDE("swprintf from", L"abc", 3, std::swprintf(other_wide, room, L"%ls", wide))
REVENANT_TOUCHES_WIDE("swprintf from a part", L"abc", 1, std::swprintf(other_wide, room, L"%.2ls", wide))
REVENANT_TOUCHES("swprintf from bytes", "abc", 3, std::swprintf(other_wide, room, L"%s", text))
// NOLINTEND(bugprone-unused-return-value,bugprone-unsafe-functions,cert-err34-c)

REVENANT_EXPLORE("getline into a block that another thread has freed") {
    auto* line = static_cast<char*>(std::malloc(room));
    std::thread other([line] { std::free(line); });
    other.join();
    with_stream([&](FILE* from) {
        std::size_t size = room;
        use(::getline(&line, &size, from));
    });
}
REVENANT_EXPLORE("fgetws of a stream that has no wide letters, with its lock") {
    with_stream([](FILE* from) { use(std::fgetws(wide, 9, from)); });
}
REVENANT_EXPLORE("what is scanned, and read by its words: right") {
    for (const std::size_t has : {3, 5, 200}) {
        with_stream([=](FILE* from) { read_line(from, has); });
    }
    REVENANT_ENSURE(std::sscanf("7 x ab\n", "%d %c %s", &number, &letter, text) == 3);
    REVENANT_ENSURE(number == 7 && letter == 'x' && std::strcmp(text, "ab") == 0);
    REVENANT_ENSURE(std::sscanf("", "%d", &number) == EOF && std::sscanf("q", "%d", &number) == 0);
    with_stream(
        [](FILE* from) {
            char* line = nullptr;
            std::size_t size = 0;
            REVENANT_ENSURE(::getline(&line, &size, from) == -1 && line != nullptr);
            std::free(line);
        },
        "");
    REVENANT_ENSURE(std::swprintf(wide, room, L"%d-%ls", 12, L"ab") == 5 && wide[4] == L'b');
}
