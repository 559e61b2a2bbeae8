#include "model/native/sources.hpp"

#include <backtrace.h>
#include <cxxabi.h>
#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <string_view>

#include "model/native/export.hpp"
#include "model/native/function_name.hpp"
#include "model/native/unit_ranges.hpp"

namespace revenant::model::native {
namespace {

/// What std::source_location points to, in libstdc++ and in libc++.
struct Location {
    const char* file;
    const char* function;
    unsigned line;
    unsigned column;
};
static_assert(sizeof(std::source_location) == sizeof(const Location*));

std::source_location location_at(const Location& location) {
    std::source_location made;
    const auto* const pointer = &location;
    std::memcpy(static_cast<void*>(&made), &pointer, sizeof pointer);
    return made;
}

struct KnownFrame {
    std::string file;
    std::string function;
    unsigned line = 0;
};

using VisitModule = int(dl_phdr_info*, std::size_t, void*);

// Nothing of the system's libraries is shown, and no step lies in them. Their debug information, where it is
// installed, takes longer to read than all the rest.
bool is_of_the_system(const dl_phdr_info& module) {
    const std::string_view path = module.dlpi_name;
    const auto name = path.substr(path.rfind('/') + 1);
    for (const std::string_view begin : {"libc.so", "libm.so", "libgcc_s.so", "ld-linux"}) {
        if (name.starts_with(begin)) return true;
    }
    return is_own_code(module.dlpi_addr + module.dlpi_phdr[0].p_vaddr);
}

backtrace_state* state() {
    static auto* const made = [] {
        const auto on_error = [](void*, const char*, int) {};
        const auto each_frame = [](void*, std::uintptr_t, const char*, int, const char*) { return 0; };
        auto* const state = backtrace_create_state(nullptr, 0, on_error, nullptr);
        module_read = 0;  // of a program that lies where it is linked for, which it reads first
        // A place where there is no code: it reads all modules now.
        backtrace_pcinfo(state, ~std::uintptr_t{0}, each_frame, on_error, nullptr);
        module_read.reset();
        return state;
    }();
    return made;
}

std::string demangled_whole(const std::string& name) {
    int status = 0;
    char* const text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
    std::string made = status == 0 ? text : "";
    std::free(text);
    return made;
}

// A name of C's stays as it is: `x` would come out as a type, long long. What a compiler has put behind a
// variable's name (`.0`, of the first part of one that it has taken apart) is no part of the name.
std::string demangled(const std::string& name) {
    if (!name.starts_with("_Z")) return name;
    if (name == "_ZZNSt8__detail18__waiter_pool_base6_S_forEPKvE3__w") return waiter_pool;
    if (auto whole = demangled_whole(name); !whole.empty()) return whole;
    const auto end = std::min(name.find('.'), name.size());
    const auto begin = demangled_whole(name.substr(0, end));
    return begin.empty() ? name : begin + name.substr(end);
}

bool is_of_a_library(std::string_view file) {
    for (const std::string_view part : {"/include/c++/", "/lib/gcc/", "/libstdc++", "/usr/include/"}) {
        if (file.find(part) != file.npos) return true;
    }
    return file.empty();
}

// The innermost frame of the user's own code; else the outermost that there is.
int take_frame(void* data, std::uintptr_t, const char* file, int line, const char* function) {
    auto& frame = *static_cast<KnownFrame*>(data);
    if (file == nullptr) return 0;
    frame = {file, function == nullptr ? "" : name_alone(demangled(function)), static_cast<unsigned>(line)};
    return is_of_a_library(frame.file) ? 0 : 1;
}

// Relative to where the program was started from, if it lies below: a report is to be the same elsewhere.
std::string shortened(const std::string& path) {
    static const std::string here = [] {
        char* const folder = ::realpath(".", nullptr);
        std::string made = folder == nullptr ? "" : std::string(folder) + "/";
        std::free(folder);
        return made;
    }();
    return !here.empty() && path.starts_with(here) ? path.substr(here.size()) : path;
}

Source source_at(std::uintptr_t place) {
    static auto& known = *new std::map<std::uintptr_t, Source>;
    if (const auto found = known.find(place); found != known.end()) return found->second;
    KnownFrame frame;
    if (place != 0) {
        backtrace_pcinfo(
            state(), place - 1, take_frame, [](void*, const char*, int) {}, &frame);
    }
    const auto* const location = new Location{kept(frame.file.empty() ? "?" : shortened(frame.file)),
                                              kept(frame.function), frame.line, 0};
    return known[place] = {location_at(*location), location->function,
                           is_own_code(place) || is_of_a_library(frame.file)};
}

/// For whom a list of the modules is, and its own word for each.
struct Visit {
    VisitModule* module;
    void* data;
};

}  // namespace

extern "C" {

int __real_dl_iterate_phdr(VisitModule* visit, void* data);
/// In place of the loader's own for this library (the linker's `--wrap`): libbacktrace asks it for the
/// modules that it is to read.
int __wrap_dl_iterate_phdr(VisitModule* visit, void* data);
int __wrap_dl_iterate_phdr(VisitModule* visit, void* data) {
    if (!module_read) return __real_dl_iterate_phdr(visit, data);
    Visit to{visit, data};
    const auto unless_of_the_system = [](dl_phdr_info* module, std::size_t size, void* pointer) {
        const auto& visit = *static_cast<const Visit*>(pointer);
        module_read = module->dlpi_addr;
        return is_of_the_system(*module) ? 0 : visit.module(module, size, visit.data);
    };
    return __real_dl_iterate_phdr(unless_of_the_system, &to);
}
}

const char* kept(std::string text) {
    static auto& texts = *new std::set<std::string>;
    return texts.insert(std::move(text)).first->c_str();
}

Source source_of(const std::vector<std::uintptr_t>& places) {
    for (const auto place : places) {
        const auto source = source_at(place);
        if (!source.is_of_a_library) return source;
    }
    return source_at(places.front());
}

bool is_of_standard_library(std::uintptr_t place) {
    Dl_info info{};
    if (::dladdr(reinterpret_cast<void*>(place), &info) == 0 || info.dli_fname == nullptr) return false;
    const std::string_view path = info.dli_fname;
    const auto name = path.substr(path.rfind('/') + 1);
    return name.starts_with("libstdc++.so") || name.starts_with("libc++.so");
}

std::vector<std::string> functions_at(std::uintptr_t place) {
    std::vector<std::string> all;
    const auto visit_frame = [](void* data, std::uintptr_t, const char*, int, const char* function) {
        if (function != nullptr) static_cast<std::vector<std::string>*>(data)->emplace_back(function);
        return 0;
    };
    backtrace_pcinfo(
        state(), place - 1, visit_frame, [](void*, const char*, int) {}, &all);
    return all;
}

std::string symbol_at(std::uintptr_t address) {
    std::string found;
    const auto visit_symbol = [](void* data, std::uintptr_t, const char* name, std::uintptr_t,
                                 std::uintptr_t) {
        if (name != nullptr) *static_cast<std::string*>(data) = name;
    };
    backtrace_syminfo(
        state(), address, visit_symbol, [](void*, const char*, int) {}, &found);
    return found;
}

namespace {

// A reader knows which of his files he is in.
std::string without_anonymous_namespaces(std::string name) {
    const std::string_view part = "(anonymous namespace)::";
    for (auto at = name.find(part); at != name.npos; at = name.find(part, at)) name.erase(at, part.size());
    return name;
}

}  // namespace

std::optional<Variable> variable_around(std::uintptr_t address) {
    std::optional<Variable> found;
    const auto visit_symbol = [](void* data, std::uintptr_t at, const char* name, std::uintptr_t begin,
                                 std::uintptr_t size) {
        if (name == nullptr || at - begin >= size) return;
        *static_cast<std::optional<Variable>*>(data) =
            Variable{without_anonymous_namespaces(demangled(name)), begin};
    };
    backtrace_syminfo(
        state(), address, visit_symbol, [](void*, const char*, int) {}, &found);
    return found;
}

std::string variable_at(std::uintptr_t address) {
    const auto variable = variable_around(address);
    if (!variable) return {};
    if (address == variable->begin) return variable->name;
    return variable->name + "+" + std::to_string(address - variable->begin);
}

}  // namespace revenant::model::native
