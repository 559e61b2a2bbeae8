#include "model/native/framework.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "model/native/export.hpp"
#include "model/native/sources.hpp"

namespace revenant::model::native {
namespace {

using std::string_view;

/// A file, mapped for reading while it lives.
class Mapped {
public:
    explicit Mapped(const char* path) {
        const int file = ::open(path, O_RDONLY | O_CLOEXEC);
        struct stat facts {};
        if (file >= 0 && ::fstat(file, &facts) == 0) {
            size_ = static_cast<std::size_t>(facts.st_size);
            void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
            bytes_ = at == MAP_FAILED ? nullptr : static_cast<const char*>(at);
        }
        if (file >= 0) ::close(file);
    }
    ~Mapped() {
        if (bytes_ != nullptr) ::munmap(const_cast<char*>(bytes_), size_);
    }
    Mapped(const Mapped&) = delete;
    Mapped& operator=(const Mapped&) = delete;

    /// `count` things at an offset, or null: the file does not have them.
    template <class Thing>
    [[nodiscard]] const Thing* at(std::uint64_t offset, std::uint64_t count = 1) const {
        if (bytes_ == nullptr || offset > size_ || count > (size_ - offset) / sizeof(Thing)) return nullptr;
        return reinterpret_cast<const Thing*>(bytes_ + offset);
    }

private:
    const char* bytes_ = nullptr;
    std::size_t size_ = 0;
};

/// Calls `visit` with the name of each symbol in the file's table, which the loader does not know.
template <class Visit>
void for_each_symbol(const Mapped& file, const Visit& visit) {
    const auto* const header = file.at<Elf64_Ehdr>(0);
    if (header == nullptr) return;
    const auto* const sections = file.at<Elf64_Shdr>(header->e_shoff, header->e_shnum);
    if (sections == nullptr) return;
    for (std::size_t i = 0; i < header->e_shnum; ++i) {
        const auto& table = sections[i];
        if (table.sh_type != SHT_SYMTAB || table.sh_link >= header->e_shnum) continue;
        const auto& texts = sections[table.sh_link];
        const auto count = table.sh_size / sizeof(Elf64_Sym);
        const auto* const symbols = file.at<Elf64_Sym>(table.sh_offset, count);
        const auto* const names = file.at<char>(texts.sh_offset, texts.sh_size);
        if (symbols == nullptr || names == nullptr || texts.sh_size == 0) continue;
        if (names[texts.sh_size - 1] != '\0') continue;
        for (std::size_t symbol = 0; symbol < count; ++symbol) {
            if (symbols[symbol].st_name < texts.sh_size) visit(string_view(names + symbols[symbol].st_name));
        }
    }
}

// What runs all cases: whoever has a framework has this function of it, its own or a library's.
Framework found_in_symbols() {
    auto found = Framework::none;
    bool is_version_2 = false;
    for_each_symbol(Mapped("/proc/self/exe"), [&](string_view name) {
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

bool is_of_a_case(const std::vector<std::uintptr_t>& places) {
    for (const auto place : places) {
        const auto code = known_code_at(place);
        if (code == Code::program || code == Code::framework) return code == Code::program;
    }
    return false;
}

}  // namespace revenant::model::native
