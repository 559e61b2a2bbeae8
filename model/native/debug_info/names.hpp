// Names: what a type, and what lies at an offset in it, is called in a line of a report.
#pragma once

#include <elfutils/libdw.h>

#include <string>

namespace revenant::model::native::debug_info {

/// `Conf`, without its namespace. A class of a library without the underscores and arguments that tell a
/// reader little: `Hash_node`; what make_shared makes goes by what it holds.
[[nodiscard]] std::string type_name(Dwarf_Die type);

/// `users`, `entries[2].owner`; behind the beginning of what is shown no further, `text+8`. Empty: nothing is
/// known to be there.
[[nodiscard]] std::string field_name(Dwarf_Die type, std::size_t offset);

}  // namespace revenant::model::native::debug_info
