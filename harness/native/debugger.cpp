#include "harness/native/debugger.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "harness/commands/complain.hpp"
#include "model/native/export.hpp"
#include "model/native/start.hpp"

namespace revenant::harness {
namespace {

constexpr const char* under_gdb_variable = "REVENANT_UNDER_GDB";

// The file of this library, as the loader and gdb call it.
std::string own_file() {
    Dl_info info{};
    return ::dladdr(revenant_begin, &info) != 0 ? info.dli_fname : "";
}

std::string program_file() {
    std::string name = model::native::program_argv()[0];
    if (name.find('/') != name.npos) return name;
    char path[4096];
    const auto size = ::readlink("/proc/self/exe", path, sizeof path);
    return size < 0 ? name : std::string(path, static_cast<std::size_t>(size));
}

std::string quoted(const std::string& text) {
    std::string made = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') made += '\\';
        made += c;
    }
    return made + "'";
}

}  // namespace

bool is_under_gdb() { return std::getenv(under_gdb_variable) != nullptr; }

ExitStatus become_gdb() {
    ::setenv(under_gdb_variable, "1", 1);
    const std::vector<std::string> words{
        "gdb", "-q",
        // A fault is a finding like others: the execution's thread stops for it.
        "-ex", "handle SIGSEGV SIGBUS SIGFPE SIGILL nostop noprint pass", "-ex", "run",
        // From where this library stands to the program's own code, past the standard library's headers.
        // Nowhere, if nothing has failed.
        "-ex", "python f = gdb.newest_frame() if gdb.selected_thread() else None", "-ex",
        "python own = lambda f: gdb.solib_name(f.pc()) != " + quoted(own_file()) +
            " and '/include/c++/' not in getattr(f.find_sal().symtab, 'filename', '')",
        "-ex", "python while f and f.older() and not own(f): f = f.older()", "-ex",
        "python f and (f.select(), gdb.execute('frame'))", "--args", program_file()};
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    auto* const* const own = model::native::program_argv();
    for (int i = 1; i < model::native::program_argc(); ++i) arguments.push_back(own[i]);
    arguments.push_back(nullptr);
    ::execvp("gdb", arguments.data());
    return complain(exit_usage, "--gdb: gdb is not installed (Debian: apt-get install gdb)");
}

}  // namespace revenant::harness
