// The system calls that read and write the program's memory by a file. This library calls write in a handler
// of signals, where the loader must not be asked for a function.
#include <unistd.h>

#include "model/native/caller.hpp"

namespace revenant::model::native {
namespace {

using Read = ssize_t(int, void*, std::size_t);
using ReadAt = ssize_t(int, void*, std::size_t, off_t);
using Write = ssize_t(int, const void*, std::size_t);
using WriteAt = ssize_t(int, const void*, std::size_t, off_t);

Libcs<Read> libcs_read("read");
Libcs<ReadAt> libcs_pread("pread64");
Libcs<Write> libcs_write("write");
Libcs<WriteAt> libcs_pwrite("pwrite64");
[[gnu::constructor]] void find_write() { static_cast<void>(libcs_write(-1, nullptr, 0)); }

}  // namespace

REVENANT_EXPORT ssize_t read(int file, void* to, std::size_t bytes) {
    return Caller(REVENANT_PLACE).has_read(to, libcs_read(file, to, bytes));
}
REVENANT_EXPORT ssize_t pread(int file, void* to, std::size_t bytes, off_t at) {
    return Caller(REVENANT_PLACE).has_read(to, libcs_pread(file, to, bytes, at));
}
REVENANT_EXPORT ssize_t pread64(int file, void* to, std::size_t bytes, off64_t at) {
    return Caller(REVENANT_PLACE).has_read(to, libcs_pread(file, to, bytes, at));
}
REVENANT_EXPORT ssize_t write(int file, const void* from, std::size_t bytes) {
    Caller(REVENANT_PLACE).reads(from, bytes);
    return libcs_write(file, from, bytes);
}
REVENANT_EXPORT ssize_t pwrite(int file, const void* from, std::size_t bytes, off_t at) {
    Caller(REVENANT_PLACE).reads(from, bytes);
    return libcs_pwrite(file, from, bytes, at);
}
REVENANT_EXPORT ssize_t pwrite64(int file, const void* from, std::size_t bytes, off64_t at) {
    Caller(REVENANT_PLACE).reads(from, bytes);
    return libcs_pwrite(file, from, bytes, at);
}

}  // namespace revenant::model::native
