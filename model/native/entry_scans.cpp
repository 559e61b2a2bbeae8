// scanf and its kin: what they have read of the text and written where their arguments point to, as the
// compiler would have announced it. See Caller::has_read.
#include <cstdarg>
#include <cstdio>
#include <cwchar>

#include "model/native/caller.hpp"
#include "model/native/format_scans.hpp"

namespace revenant::model::native {
namespace {

/// A text as a stream, which counts how far it is read. glibc's own sscanf measures all of it first, which is
/// more than the standard says that it reads.
struct TextRead {
    const char* text;
    std::size_t size;  ///< with the zero behind it, if that was asked for
};

ssize_t read_a_letter(void* from, char* to, std::size_t most) {
    auto& read = *static_cast<TextRead*>(from);
    if (most == 0 || (read.size != 0 && read.text[read.size - 1] == '\0')) return 0;
    *to = read.text[read.size++];
    return *to == '\0' ? 0 : 1;
}

/// libc's own of one dialect.
template <class Letter>
struct Scans {
    using Stream = Libcs<int(FILE*, const Letter*, va_list)>;
    using Text = Libcs<int(const Letter*, const Letter*, va_list)>;
    Stream of_stream;
    Text of_text;
    bool a_allocates;
};

template <class Letter>
int scan(Scans<Letter>& scans, const Caller& caller, FILE* from, const Letter* format, va_list arguments) {
    va_list own;
    va_copy(own, arguments);
    const int assigned = scans.of_stream(from, format, own);
    va_end(own);
    announce_scanned(caller, format, arguments, {assigned, scans.a_allocates});
    caller.has_gone_on();
    return assigned;
}
int scan(Scans<char>& scans, const Caller& caller, const char* text, const char* format, va_list arguments) {
    TextRead read{text, 0};
    FILE* const stream =
        caller.counts() ? ::fopencookie(&read, "r", {read_a_letter, nullptr, nullptr, nullptr}) : nullptr;
    if (stream == nullptr) return scans.of_text(text, format, arguments);
    std::setvbuf(stream, nullptr, _IONBF, 0);
    va_list own;
    va_copy(own, arguments);
    const int assigned = scans.of_stream(stream, format, own);
    va_end(own);
    std::fclose(stream);
    caller.reads(text, read.size);
    announce_scanned(caller, format, arguments, {assigned, scans.a_allocates});
    return assigned;
}
// Of wide text no stream says how far it was read: at least there.
int scan(Scans<wchar_t>& scans, const Caller& caller, const wchar_t* text, const wchar_t* format,
         va_list arguments) {
    caller.reads(text, sizeof *text);
    va_list own;
    va_copy(own, arguments);
    const int assigned = scans.of_text(text, format, own);
    va_end(own);
    announce_scanned(caller, format, arguments, {assigned, scans.a_allocates});
    return assigned;
}

}  // namespace

#define REVENANT_SCANS(DIALECT, FROM) \
    REVENANT_RETURNS_WITH_ARGUMENTS(scan(DIALECT, Caller(REVENANT_PLACE), FROM, format, arguments))
// NOLINTBEGIN(bugprone-macro-parentheses): names have none
#define REVENANT_SCANF(LETTER, DIALECT, SCANF, SSCANF, FSCANF, VSCANF, VSSCANF, VFSCANF, OLD)             \
    namespace {                                                                                           \
    constinit Scans<LETTER> DIALECT{Scans<LETTER>::Stream(#VFSCANF), Scans<LETTER>::Text(#VSSCANF), OLD}; \
    }                                                                                                     \
    REVENANT_EXPORT_AS(int, SCANF, (const LETTER* format, ...)) { REVENANT_SCANS(DIALECT, stdin); }       \
    REVENANT_EXPORT_AS(int, SSCANF, (const LETTER* text, const LETTER* format, ...)) {                    \
        REVENANT_SCANS(DIALECT, text);                                                                    \
    }                                                                                                     \
    REVENANT_EXPORT_AS(int, FSCANF, (FILE * from, const LETTER* format, ...)) {                           \
        REVENANT_SCANS(DIALECT, from);                                                                    \
    }                                                                                                     \
    REVENANT_EXPORT_AS(int, VSCANF, (const LETTER* format, va_list arguments)) {                          \
        return scan(DIALECT, Caller(REVENANT_PLACE), stdin, format, arguments);                           \
    }                                                                                                     \
    REVENANT_EXPORT_AS(int, VSSCANF, (const LETTER* text, const LETTER* format, va_list arguments)) {     \
        return scan(DIALECT, Caller(REVENANT_PLACE), text, format, arguments);                            \
    }                                                                                                     \
    REVENANT_EXPORT_AS(int, VFSCANF, (FILE * from, const LETTER* format, va_list arguments)) {            \
        return scan(DIALECT, Caller(REVENANT_PLACE), from, format, arguments);                            \
    }
// NOLINTEND(bugprone-macro-parentheses)
// The headers call the second ones since C99, and the third ones since C23.
#define REVENANT_SCANF_OF(PREFIX, OLD)                                                                 \
    REVENANT_SCANF(char, PREFIX##scans, PREFIX##scanf, PREFIX##sscanf, PREFIX##fscanf, PREFIX##vscanf, \
                   PREFIX##vsscanf, PREFIX##vfscanf, OLD)                                              \
    REVENANT_SCANF(wchar_t, PREFIX##wide_scans, PREFIX##wscanf, PREFIX##swscanf, PREFIX##fwscanf,      \
                   PREFIX##vwscanf, PREFIX##vswscanf, PREFIX##vfwscanf, OLD)
REVENANT_SCANF_OF(, true)
REVENANT_SCANF_OF(__isoc99_, false)
REVENANT_SCANF_OF(__isoc23_, false)
#undef REVENANT_SCANF_OF
#undef REVENANT_SCANF
#undef REVENANT_SCANS

}  // namespace revenant::model::native
