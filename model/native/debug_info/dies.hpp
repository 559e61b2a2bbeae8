// Dies: entries of the debug information (libdw), as the other files here ask for them.
#pragma once

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace revenant::model::native::debug_info {

/// The debug information of the process: of its program and of the libraries that it has loaded.
[[nodiscard]] Dwfl* process();

/// A unit of the debug information, and how far its addresses are from those of the process.
struct Unit {
    Dwarf_Die die;
    Dwarf_Addr bias;
};
[[nodiscard]] std::vector<Unit> units();
[[nodiscard]] std::optional<Unit> unit_at(std::uintptr_t address);

/// The functions that have this code, inlined ones first; the last is the one that has been compiled.
[[nodiscard]] const std::vector<Dwarf_Die>& functions_at(const Unit& unit, std::uintptr_t address);

/// Its own name, or that of what it is an instance of; empty: it has none.
[[nodiscard]] std::string_view name_of(Dwarf_Die die);
/// The same without the arguments of a template.
[[nodiscard]] std::string_view plain_name_of(Dwarf_Die die);

[[nodiscard]] std::optional<Dwarf_Die> type_of(Dwarf_Die die);
/// Without `typedef`, `const`, `volatile`.
[[nodiscard]] std::optional<Dwarf_Die> bare(std::optional<Dwarf_Die> type);
/// What a pointer points to.
[[nodiscard]] std::optional<Dwarf_Die> pointee_of(std::optional<Dwarf_Die> type);
/// The class that a function is a member of.
[[nodiscard]] std::optional<Dwarf_Die> class_of(Dwarf_Die function);
/// The first type that a template was given.
[[nodiscard]] std::optional<Dwarf_Die> argument_of(Dwarf_Die type);

/// Where in its class a member or a base begins; empty: it is static, or a virtual base.
[[nodiscard]] std::optional<std::size_t> begin_of(Dwarf_Die part);

[[nodiscard]] bool is_class(Dwarf_Die type);
[[nodiscard]] std::size_t size_of(Dwarf_Die type);
/// Whether it was declared in a header of the system: of the standard library, say.
[[nodiscard]] bool is_of_a_library(Dwarf_Die die);
/// … or in one of those of POSIX threads, which has their types without names.
[[nodiscard]] bool is_of_posix(Dwarf_Die die);

/// Calls `visit` with each entry directly below.
template <class Visit>
void for_each_child(Dwarf_Die parent, const Visit& visit) {
    Dwarf_Die child;
    if (dwarf_child(&parent, &child) != 0) return;
    do {
        visit(child);
    } while (dwarf_siblingof(&child, &child) == 0);
}

}  // namespace revenant::model::native::debug_info
