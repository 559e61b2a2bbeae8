// The functions of libc that read from a stream or a file and that entry_output.cpp and entry_files.cpp have
// not: lines, several parts at once, and what takes no lock.
#include <sys/uio.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "model/native/caller.hpp"
#include "model/native/entry_heap.hpp"

namespace revenant::model::native {
namespace {

using ReadLine = ssize_t(char**, std::size_t*, int, FILE*);
Libcs<ReadLine> libcs_getdelim("getdelim");

/// Into memory that is the program's, so that its uses and its end are seen. As in glibc there is some even
/// of no line.
ssize_t read_line(std::uintptr_t place, char** line, std::size_t* size, int end, FILE* from) {
    if (!machine().is_running() || is_code_of_the_process(place) || line == nullptr || size == nullptr) {
        return libcs_getdelim(line, size, end, from);
    }
    static char* own = nullptr;
    static std::size_t own_size = 0;
    const auto letters = libcs_getdelim(&own, &own_size, end, from);
    const auto kept = letters < 0 ? 0 : static_cast<std::size_t>(letters) + 1;
    const Caller caller(place);
    caller.reads(line, sizeof *line);
    caller.reads(size, sizeof *size);
    constexpr std::size_t size_at_first = 120;
    if (*line == nullptr || *size < std::max<std::size_t>(kept, 1)) {
        caller.writes(line, sizeof *line);
        caller.writes(size, sizeof *size);
        const auto room = std::max({kept, 2 * (*line == nullptr ? 0 : *size), size_at_first});
        *line = static_cast<char*>(reallocate(*line, room, place));
        *size = room;
    }
    caller.writes(*line, kept);
    std::memcpy(*line, own, kept);
    caller.has_gone_on();
    return letters;
}

using Parts = ssize_t(int, const iovec*, int);
using PartsAt = ssize_t(int, const iovec*, int, off64_t);

void announce_parts(const Caller& caller, const iovec* parts, int count) {
    if (count > 0) caller.reads(parts, static_cast<std::size_t>(count) * sizeof *parts);
}
void announce_written(const Caller& caller, const iovec* parts, int count) {
    announce_parts(caller, parts, count);
    if (!caller.counts()) return;
    for (int i = 0; i < count; ++i) caller.reads(parts[i].iov_base, parts[i].iov_len);
}
ssize_t has_read_parts(const Caller& caller, const iovec* parts, int count, ssize_t bytes) {
    announce_parts(caller, parts, count);
    if (!caller.counts() || bytes < 0) return bytes;
    auto left = static_cast<std::size_t>(bytes);
    for (int i = 0; i < count; ++i) {
        const auto here = std::min(left, parts[i].iov_len);
        caller.writes(parts[i].iov_base, here);
        left -= here;
    }
    caller.has_gone_on();
    return bytes;
}

}  // namespace

REVENANT_EXPORT ssize_t getdelim(char** line, std::size_t* size, int end, FILE* from) {
    return read_line(REVENANT_PLACE, line, size, end, from);
}
REVENANT_EXPORT ssize_t __getdelim(char** line, std::size_t* size, int end, FILE* from) {
    return read_line(REVENANT_PLACE, line, size, end, from);
}
REVENANT_EXPORT_AS(ssize_t, getline, (char** line, std::size_t* size, FILE* from)) {
    return read_line(REVENANT_PLACE, line, size, '\n', from);
}

// See Caller::has_read.
REVENANT_EXPORT std::size_t fread_unlocked(void* to, std::size_t size, std::size_t count, FILE* from) {
    static Libcs<std::size_t(void*, std::size_t, std::size_t, FILE*)> next("fread_unlocked");
    return Caller(REVENANT_PLACE).has_read(to, next(to, size, count, from), size);
}
REVENANT_EXPORT char* fgets_unlocked(char* to, int most, FILE* from) {
    static Libcs<char*(char*, int, FILE*)> next("fgets_unlocked");
    return Caller(REVENANT_PLACE).has_read_text(next(to, most, from));
}
REVENANT_EXPORT ssize_t readv(int file, const iovec* parts, int count) {
    static Libcs<Parts> next("readv");
    return has_read_parts(Caller(REVENANT_PLACE), parts, count, next(file, parts, count));
}
REVENANT_EXPORT ssize_t writev(int file, const iovec* parts, int count) {
    static Libcs<Parts> next("writev");
    announce_written(Caller(REVENANT_PLACE), parts, count);
    return next(file, parts, count);
}
#define REVENANT_PARTS_AT(SUFFIX)                                                                  \
    REVENANT_EXPORT ssize_t preadv##SUFFIX(int file, const iovec* parts, int count, off64_t at) {  \
        static Libcs<PartsAt> next("preadv64");                                                    \
        return has_read_parts(Caller(REVENANT_PLACE), parts, count, next(file, parts, count, at)); \
    }                                                                                              \
    REVENANT_EXPORT ssize_t pwritev##SUFFIX(int file, const iovec* parts, int count, off64_t at) { \
        static Libcs<PartsAt> next("pwritev64");                                                   \
        announce_written(Caller(REVENANT_PLACE), parts, count);                                    \
        return next(file, parts, count, at);                                                       \
    }
REVENANT_PARTS_AT()
REVENANT_PARTS_AT(64)
#undef REVENANT_PARTS_AT

}  // namespace revenant::model::native
