// The functions of libc on names of files, on what the system says of one, and on the environment: what they
// read and write of the program's memory. (Those that write say what when they have.)
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdarg>
#include <cstdio>

#include "model/native/caller.hpp"
#include "model/native/libcs_own.hpp"

namespace revenant::model::native {
namespace {

template <class T>
int has_filled(const Caller& caller, int failed, T* to) {
    if (failed == 0) caller.writes(to, sizeof *to);
    return failed;
}

template <class Letter>
Letter* has_found(const Caller& caller, Letter* text) {
    caller.writes_text(text);
    return text;
}
ssize_t has_filled(const Caller& caller, char* to, ssize_t size) {
    if (size > 0) caller.writes(to, static_cast<std::size_t>(size));
    return size;
}

void change_environment(const Caller& caller) {
    caller.writes(&libcs_own.environment, sizeof libcs_own.environment);
    ++libcs_own.environment;
}

}  // namespace

#define REVENANT_STATES(SYMBOL, STATE)                                      \
    REVENANT_EXPORT_AS(int, SYMBOL, (const char* path, struct STATE* to)) { \
        static Libcs<int(const char*, struct STATE*)> next(#SYMBOL);        \
        const Caller caller(REVENANT_PLACE);                                \
        caller.reads_text(path);                                            \
        return has_filled(caller, next(path, to), to);                      \
    }
REVENANT_STATES(stat, stat)
REVENANT_STATES(lstat, stat)
REVENANT_STATES(stat64, stat64)
REVENANT_STATES(lstat64, stat64)
#undef REVENANT_STATES
#define REVENANT_STATES(SYMBOL, AT, STATE)                                                     \
    REVENANT_EXPORT_AS(int, SYMBOL, (int file, struct STATE* to)) {                            \
        static Libcs<int(int, struct STATE*)> next(#SYMBOL);                                   \
        return has_filled(Caller(REVENANT_PLACE), next(file, to), to);                         \
    }                                                                                          \
    REVENANT_EXPORT_AS(int, AT, (int folder, const char* path, struct STATE* to, int flags)) { \
        static Libcs<int(int, const char*, struct STATE*, int)> next(#AT);                     \
        const Caller caller(REVENANT_PLACE);                                                   \
        caller.reads_text(path);                                                               \
        return has_filled(caller, next(folder, path, to, flags), to);                          \
    }
REVENANT_STATES(fstat, fstatat, stat)
REVENANT_STATES(fstat64, fstatat64, stat64)
#undef REVENANT_STATES

REVENANT_EXPORT_AS(ssize_t, readlink, (const char* path, char* to, std::size_t most)) {
    static Libcs<ssize_t(const char*, char*, std::size_t)> next("readlink");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(path);
    return has_filled(caller, to, next(path, to, most));
}
REVENANT_EXPORT_AS(ssize_t, readlinkat, (int folder, const char* path, char* to, std::size_t most)) {
    static Libcs<ssize_t(int, const char*, char*, std::size_t)> next("readlinkat");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(path);
    return has_filled(caller, to, next(folder, path, to, most));
}
// Without a place to write to, the result is new.
REVENANT_EXPORT_AS(char*, realpath, (const char* path, char* to)) {
    static Libcs<char*(const char*, char*)> next("realpath");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(path);
    char* const found = next(path, to);
    return to == nullptr ? found : has_found(caller, found);
}
REVENANT_EXPORT_AS(char*, getcwd, (char* to, std::size_t most)) {
    static Libcs<char*(char*, std::size_t)> next("getcwd");
    char* const found = next(to, most);
    return to == nullptr ? found : has_found(Caller(REVENANT_PLACE), found);
}
REVENANT_EXPORT_AS(char*, basename, (const char* path)) {
    static Libcs<char*(const char*)> next("basename");
    Caller(REVENANT_PLACE).reads_text(path);
    return next(path);
}
// POSIX lets them change the path, which they do where it ends with a slash, or has a folder.
#define REVENANT_CUTS(SYMBOL)                                         \
    REVENANT_EXPORT_AS(char*, SYMBOL, (char* path)) {                 \
        static Libcs<char*(char*)> next(#SYMBOL);                     \
        if (path != nullptr) Caller(REVENANT_PLACE).reads_text(path); \
        return next(path);                                            \
    }
REVENANT_CUTS(__xpg_basename)
REVENANT_CUTS(dirname)
#undef REVENANT_CUTS

#define REVENANT_NAMES(RESULT, SYMBOL, MORE, ...)                 \
    REVENANT_EXPORT_AS(RESULT, SYMBOL, (const char* path MORE)) { \
        static Libcs<decltype(seen_##SYMBOL)> next(#SYMBOL);      \
        Caller(REVENANT_PLACE).reads_text(path);                  \
        return next(path __VA_OPT__(, ) __VA_ARGS__);             \
    }
#define REVENANT_AND(...) , __VA_ARGS__
REVENANT_NAMES(int, access, REVENANT_AND(int mode), mode)
REVENANT_NAMES(int, chdir, )
REVENANT_NAMES(int, creat, REVENANT_AND(mode_t mode), mode)
REVENANT_NAMES(int, mkdir, REVENANT_AND(mode_t mode), mode)
REVENANT_NAMES(DIR*, opendir, )
REVENANT_NAMES(int, remove, )
REVENANT_NAMES(int, rmdir, )
REVENANT_NAMES(int, unlink, )
#undef REVENANT_NAMES
#undef REVENANT_AND
REVENANT_EXPORT int rename(const char* from, const char* to) {
    static Libcs<int(const char*, const char*)> next("rename");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(from);
    caller.reads_text(to);
    return next(from, to);
}
#define REVENANT_OPENS(SYMBOL)                                                \
    REVENANT_EXPORT_AS(FILE*, SYMBOL, (const char* path, const char* mode)) { \
        static Libcs<FILE*(const char*, const char*)> next(#SYMBOL);          \
        const Caller caller(REVENANT_PLACE);                                  \
        caller.reads_text(path);                                              \
        caller.reads_text(mode);                                              \
        return next(path, mode);                                              \
    }
REVENANT_OPENS(fopen)
REVENANT_OPENS(fopen64)
#undef REVENANT_OPENS
// What has no mode of a new file may pass anything as one.
#define REVENANT_OPENS(SYMBOL)                                            \
    REVENANT_EXPORT_AS(int, SYMBOL, (const char* path, int flags, ...)) { \
        static Libcs<int(const char*, int, mode_t)> next(#SYMBOL);        \
        va_list arguments;                                                \
        va_start(arguments, flags);                                       \
        const auto mode = va_arg(arguments, mode_t);                      \
        va_end(arguments);                                                \
        Caller(REVENANT_PLACE).reads_text(path);                          \
        return next(path, flags, mode);                                   \
    }
REVENANT_OPENS(open)
REVENANT_OPENS(open64)
#undef REVENANT_OPENS

REVENANT_EXPORT char* getenv(const char* name) {
    static Libcs<char*(const char*)> next("getenv");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(name);
    caller.reads(&libcs_own.environment, sizeof libcs_own.environment);
    return next(name);
}
REVENANT_EXPORT int setenv(const char* name, const char* value, int replaces) {
    static Libcs<int(const char*, const char*, int)> next("setenv");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(name);
    caller.reads_text(value);
    change_environment(caller);
    return next(name, value, replaces);
}
REVENANT_EXPORT int unsetenv(const char* name) {
    static Libcs<int(const char*)> next("unsetenv");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(name);
    change_environment(caller);
    return next(name);
}
REVENANT_EXPORT int putenv(char* text) {
    static Libcs<int(char*)> next("putenv");
    const Caller caller(REVENANT_PLACE);
    caller.reads_text(text);
    change_environment(caller);
    return next(text);
}

}  // namespace revenant::model::native
