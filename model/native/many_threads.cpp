#include "model/native/many_threads.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <string>

#include "model/native/export.hpp"
#include "model/native/layout.hpp"
#include "model/native/start.hpp"
#include "model/program.hpp"

namespace revenant::model::native {
namespace {

constexpr bool has_room_for_many = program_threads_max > 16;
constexpr const char* as_wanted = "1";
constexpr const char* as_unwanted = "0";
constexpr const char* as_needed = "needed";

// Has that library by every name that this one is found by. Beside this one, which may be found by a link in
// another folder. Empty: it is not there.
std::string folder_of_the_other() {
    Dl_info info{};
    char path[PATH_MAX];
    if (::dladdr(revenant_begin, &info) == 0 || ::realpath(info.dli_fname, path) == nullptr) return {};
    const std::string own = path;
    auto folder = own.substr(0, own.rfind('/')) + "/revenant-native/many";
    return ::access(folder.c_str(), X_OK) == 0 ? folder : std::string();
}

void begin_again(char** argv, const char* why) {
    const auto folder = folder_of_the_other();
    if (folder.empty()) return;
    const char* const before = std::getenv("LD_LIBRARY_PATH");
    const std::string others = before == nullptr ? "" : before;
    if (others.starts_with(folder))
        return;  // the program has a path (DT_RPATH) that the loader goes by first
    ::setenv("LD_LIBRARY_PATH", (others.empty() ? folder : folder + ":" + others).c_str(), 1);
    ::setenv(many_threads_variable, why, 1);
    ::execve("/proc/self/exe", argv, environ);
}

std::string wish() {
    const char* const value = std::getenv(many_threads_variable);
    return value == nullptr ? "" : value;
}

}  // namespace

void begin_again_with_many_threads() {
    if (!has_room_for_many && wish() != as_unwanted) begin_again(program_argv(), as_needed);
}

void begin_again_with_many_threads_if_wanted(char** argv) {
    if (has_room_for_many) return;
    const auto value = wish();
    if (value != as_wanted && value != as_needed) return;
    begin_again(argv, value.c_str());
    if (value == as_wanted) {
        give_up(usage_error, "REVENANT_MANY_THREADS: the library for many threads is not found");
    }
}

bool has_begun_again_for_many_threads() { return wish() == as_needed; }

}  // namespace revenant::model::native
