#include "model/native/framework.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "model/native/export.hpp"
#include "model/native/sources.hpp"
#include "model/native/symbol_table.hpp"

namespace revenant::model::native {
namespace {

using std::string_view;

// What runs all cases: whoever has a framework has this function of it, its own or a library's.
Framework found_in_symbols() {
    auto found = Framework::none;
    bool is_version_2 = false;
    for_each_symbol_of_the_program([&](const Elf64_Sym&, string_view name) {
        if (name == "_ZN7doctest7Context3runEv") found = Framework::doctest;
        if (name == "_ZN5Catch7Session3runEv") found = Framework::catch2_v3;
        if (name == "_ZN7testing8UnitTest3RunEv") found = Framework::google_test;
        if (name == "_ZN5Catch18listTestsNamesOnlyERKNS_6ConfigE") is_version_2 = true;
    });
    return found == Framework::catch2_v3 && is_version_2 ? Framework::catch2_v2 : found;
}

/// As a mangled name has the framework's namespace.
string_view prefix_of(Framework framework) {
    switch (framework) {
        case Framework::doctest: return "7doctest";
        case Framework::catch2_v2:
        case Framework::catch2_v3: return "5Catch";
        case Framework::google_test: return "7testing";
        case Framework::none: break;
    }
    return {};
}

}  // namespace

Framework program_framework() {
    static const auto framework = found_in_symbols();
    return framework;
}

namespace {

enum class Code : std::uint8_t { unknown, library, framework, program };

Code code_at(std::uintptr_t place) {
    const auto symbol = symbol_at(place - 1);
    if (symbol.empty() || is_own_code(place)) return Code::unknown;
    if (symbol == "main") return Code::framework;
    // The outermost scope of a mangled name: behind `_Z`, and what says that it is nested, local, constant.
    string_view scope = symbol;
    if (!scope.starts_with("_Z")) return Code::program;
    scope.remove_prefix(std::min(scope.find_first_not_of("ZNK", 2), scope.size()));
    const auto prefix = prefix_of(program_framework());
    if (!prefix.empty() && scope.starts_with(prefix)) return Code::framework;
    const bool is_standard = scope.starts_with("S") || scope.starts_with("9__gnu_cxx");
    return is_standard ? Code::library : Code::program;
}

Code known_code_at(std::uintptr_t place) {
    static auto& known = *new std::map<std::uintptr_t, Code>;
    const auto [code, is_new] = known.try_emplace(place);
    if (is_new) code->second = code_at(place);
    return code->second;
}

}  // namespace

bool is_framework_code(std::uintptr_t place) { return known_code_at(place) == Code::framework; }

namespace {

// Of the program or of the framework, the innermost.
Code owner_of(const std::vector<std::uintptr_t>& places) {
    for (const auto place : places) {
        const auto code = known_code_at(place);
        if (code == Code::program || code == Code::framework) return code;
    }
    return Code::unknown;
}

}  // namespace

bool is_of_a_case(const std::vector<std::uintptr_t>& places) { return owner_of(places) == Code::program; }

bool is_of_the_framework(const std::vector<std::uintptr_t>& places) {
    return owner_of(places) == Code::framework;
}

}  // namespace revenant::model::native
