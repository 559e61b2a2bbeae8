#include "model/native/debug_info/dies.hpp"

#include <dwarf.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <utility>

namespace revenant::model::native::debug_info {
namespace {

// What is not in the file itself is not looked for, neither in folders of the system nor on a server.
int no_other_file(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*, GElf_Word,
                  char**) {
    return -1;
}

Dwfl* begun() {
    static Dwfl_Callbacks callbacks{};
    callbacks.find_elf = dwfl_linux_proc_find_elf;
    callbacks.find_debuginfo = no_other_file;
    Dwfl* const made = dwfl_begin(&callbacks);
    if (made == nullptr) return nullptr;
    dwfl_report_begin(made);
    const bool is_known = dwfl_linux_proc_report(made, ::getpid()) == 0;
    return dwfl_report_end(made, nullptr, nullptr) == 0 && is_known ? made : nullptr;
}

std::optional<Dwarf_Die> referred_to(Dwarf_Die die, unsigned attribute) {
    Dwarf_Attribute found;
    Dwarf_Die to;
    if (dwarf_attr(&die, attribute, &found) == nullptr) return std::nullopt;
    if (dwarf_formref_die(&found, &to) == nullptr) return std::nullopt;
    return to;
}

// Of an instance what it is an instance of, of a definition its declaration.
Dwarf_Die declaration_of(Dwarf_Die die) {
    constexpr int steps_max = 8;
    for (int i = 0; i < steps_max; ++i) {
        auto next = referred_to(die, DW_AT_abstract_origin);
        if (!next) next = referred_to(die, DW_AT_specification);
        if (!next) break;
        die = *next;
    }
    return die;
}

// The first file of a unit has the number 0 in DWARF 5, as Clang writes it. libdw takes that for none.
const char* file_of(Dwarf_Die die) {
    if (const char* const file = dwarf_decl_file(&die); file != nullptr) return file;
    Dwarf_Attribute found;
    Dwarf_Word number = 0;
    if (dwarf_attr_integrate(&die, DW_AT_decl_file, &found) == nullptr) return nullptr;
    if (dwarf_formudata(&found, &number) != 0 || number != 0) return nullptr;
    Dwarf_Die unit;
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    if (dwarf_diecu(&die, &unit, nullptr, nullptr) == nullptr) return nullptr;
    if (dwarf_getsrcfiles(&unit, &files, &count) != 0 || count == 0) return nullptr;
    return dwarf_filesrc(files, 0, nullptr, nullptr);
}

// The innermost scope below an entry that has this code. Clang has the functions of a namespace within it,
// where libdw does not look for any.
std::optional<Dwarf_Die> scope_below(Dwarf_Die parent, Dwarf_Addr at) {
    std::optional<Dwarf_Die> found;
    for_each_child(parent, [&](Dwarf_Die child) {
        if (found) return;
        switch (dwarf_tag(&child)) {
            case DW_TAG_namespace: found = scope_below(child, at); break;
            case DW_TAG_subprogram:
            case DW_TAG_inlined_subroutine:
            case DW_TAG_lexical_block:
                if (dwarf_haspc(&child, at) == 1) found = scope_below(child, at).value_or(child);
                break;
            default: break;
        }
    });
    return found;
}

}  // namespace

Dwfl* process() {
    static Dwfl* const made = begun();
    return made;
}

std::vector<Unit> units() {
    std::vector<Unit> all;
    if (process() == nullptr) return all;
    Dwarf_Addr bias = 0;
    for (Dwarf_Die* die = nullptr; (die = dwfl_nextcu(process(), die, &bias)) != nullptr;) {
        all.push_back({*die, bias});
    }
    return all;
}

std::optional<Unit> unit_at(std::uintptr_t address) {
    static const auto all = units();
    for (auto unit : all) {
        if (dwarf_haspc(&unit.die, address - unit.bias) == 1) return unit;
    }
    return std::nullopt;
}

const std::vector<Dwarf_Die>& functions_at(const Unit& unit, std::uintptr_t address) {
    // Each asks for all of a unit to be gone through, and most blocks are allocated at the same few places.
    static std::map<std::uintptr_t, std::vector<Dwarf_Die>> known;
    const auto [entry, is_new] = known.try_emplace(address);
    auto& functions = entry->second;
    if (!is_new) return functions;
    auto die = unit.die;
    Dwarf_Die* scopes = nullptr;
    std::optional<Dwarf_Die> found;
    if (dwarf_getscopes(&die, address - unit.bias, &scopes) > 0) {
        found = scopes[0];
        std::free(scopes);
    }
    if (!found || dwarf_tag(&*found) == DW_TAG_compile_unit) found = scope_below(die, address - unit.bias);
    if (!found) return functions;
    // Those were by the text of the program: what was inlined is followed by where it was written.
    Dwarf_Die innermost = *found;
    const int count = dwarf_getscopes_die(&innermost, &scopes);
    for (int i = 0; i < count; ++i) {
        const int tag = dwarf_tag(&scopes[i]);
        if (tag == DW_TAG_inlined_subroutine || tag == DW_TAG_subprogram) functions.push_back(scopes[i]);
    }
    if (count > 0) std::free(scopes);
    return functions;
}

std::optional<std::size_t> begin_of(Dwarf_Die part) {
    Dwarf_Attribute found;
    Dwarf_Word begin = 0;
    if (dwarf_attr(&part, DW_AT_data_member_location, &found) == nullptr) {
        return dwarf_hasattr(&part, DW_AT_external) != 0 ? std::nullopt : std::optional<std::size_t>(0);
    }
    return dwarf_formudata(&found, &begin) == 0 ? std::optional<std::size_t>(begin) : std::nullopt;
}

std::string_view name_of(Dwarf_Die die) {
    Dwarf_Attribute found;
    if (dwarf_attr_integrate(&die, DW_AT_name, &found) == nullptr) return {};
    const char* const name = dwarf_formstring(&found);
    return name == nullptr ? std::string_view{} : name;
}

std::string_view plain_name_of(Dwarf_Die die) {
    const auto name = name_of(die);
    return name.substr(0, name.find('<'));
}

std::optional<Dwarf_Die> type_of(Dwarf_Die die) {
    Dwarf_Attribute found;
    Dwarf_Die type;
    if (dwarf_attr_integrate(&die, DW_AT_type, &found) == nullptr) return std::nullopt;
    if (dwarf_formref_die(&found, &type) == nullptr) return std::nullopt;
    return type;
}

std::optional<Dwarf_Die> bare(std::optional<Dwarf_Die> type) {
    while (type) {
        switch (dwarf_tag(&*type)) {
            case DW_TAG_typedef:
            case DW_TAG_const_type:
            case DW_TAG_volatile_type: type = type_of(*type); break;
            default: return type;
        }
    }
    return type;
}

std::optional<Dwarf_Die> pointee_of(std::optional<Dwarf_Die> type) {
    type = bare(type);
    if (!type || dwarf_tag(&*type) != DW_TAG_pointer_type) return std::nullopt;
    return bare(type_of(*type));
}

std::optional<Dwarf_Die> class_of(Dwarf_Die function) {
    std::optional<Dwarf_Die> found;
    bool is_first = true;
    for_each_child(declaration_of(function), [&](Dwarf_Die child) {
        if (dwarf_tag(&child) != DW_TAG_formal_parameter || !std::exchange(is_first, false)) return;
        if (dwarf_hasattr_integrate(&child, DW_AT_artificial) != 0) found = pointee_of(type_of(child));
    });
    return found;
}

std::optional<Dwarf_Die> argument_of(Dwarf_Die type) {
    std::optional<Dwarf_Die> found;
    for_each_child(type, [&](Dwarf_Die child) {
        if (!found && dwarf_tag(&child) == DW_TAG_template_type_parameter) found = bare(type_of(child));
    });
    return found;
}

bool is_class(Dwarf_Die type) {
    const int tag = dwarf_tag(&type);
    return tag == DW_TAG_structure_type || tag == DW_TAG_class_type || tag == DW_TAG_union_type;
}

std::size_t size_of(Dwarf_Die type) {
    Dwarf_Word size = 0;
    return dwarf_aggregate_size(&type, &size) == 0 ? size : 0;
}

bool is_of_a_library(Dwarf_Die die) {
    const char* const file = file_of(die);
    if (file == nullptr) return true;
    const std::string_view path = file;
    for (const std::string_view part : {"/include/c++/", "/lib/gcc/", "/libstdc++", "/usr/include/"}) {
        if (path.find(part) != path.npos) return true;
    }
    return false;
}

bool is_of_posix(Dwarf_Die die) {
    const char* const file = file_of(die);
    if (file == nullptr) return false;
    const std::string_view path = file;
    return path.ends_with("/pthreadtypes.h") || path.ends_with("/semaphore.h");
}

}  // namespace revenant::model::native::debug_info
